"""What a page sends again, because it does not know whether it arrived, is done once; at a clash both texts are seen."""

FIELDS = "form.pages.thuong_nhan.fields"
NAME = f"{FIELDS}.business_name"


def ids(one):
    return [field["id"] for field in one.value(FIELDS)]


def test_adding_copying_and_removing_sent_twice_are_done_once(desk):
    one = desk()
    before = ids(one)
    one.open(FIELDS.removesuffix(".fields"))
    for _ in range(2):
        assert one.reshape("them", vao=FIELDS, ten="Số nhà", lan="a").status_code == 200
    assert ids(one) == [*before, "so_nha"]
    one.open(f"{FIELDS}.so_nha")
    for _ in range(2):
        assert one.reshape("nhan-doi", muc=f"{FIELDS}.so_nha", lan="b").status_code == 200
    assert ids(one) == [*before, "so_nha", "so_nha_2"]
    one.open(f"{FIELDS}.so_nha")
    for _ in range(2):
        assert one.reshape("xoa", muc=f"{FIELDS}.so_nha", lan="c").status_code == 200
    assert ids(one) == [*before, "so_nha_2"]


def test_renaming_and_taking_back_sent_twice_are_done_once(desk):
    one = desk()
    before = one.text
    one.open(NAME)
    agree = one.read(one.post(one.forms[f"b-rename-{NAME}"], ma="ten_thuong_nhan"))["b-agree"]
    for _ in range(2):
        assert one.post(agree, lan="a").status_code == 200
    assert one.text == before.replace("business_name", "ten_thuong_nhan")
    one.open(f"{FIELDS}.ten_thuong_nhan")
    one.save(help="Ghi theo giấy đăng ký.")
    one.open()
    for _ in range(2):
        assert "Đã hoàn tác" in one.post(one.forms["b-undo"], lan="b").text
    assert one.text == before.replace("business_name", "ten_thuong_nhan")


def test_two_acts_made_while_nothing_was_answered_are_both_done(desk):
    one = desk()
    before = ids(one)
    one.open(FIELDS.removesuffix(".fields"))
    one.reshape("them", vao=FIELDS, ten="Số nhà", lan="a")
    one.reshape("them", vao=FIELDS, ten="Số nhà", lan="b", lan_truoc="a")
    assert ids(one) == [*before, "so_nha", "so_nha_2"]


def test_at_a_clash_both_texts_are_seen_and_what_was_left_alone_says_what_is_saved(desk):
    one, other = desk(), desk("cahai", fresh=False)
    one.open(NAME)
    other.open(NAME)
    one.save(label="Của người thứ nhất", help="Lời dẫn của người thứ nhất")
    refused = other.save(label="Của người thứ hai")
    assert refused.status_code == 409
    assert 'value="Của người thứ hai"' in refused.text
    assert "Đang lưu, của người khác: <strong>Của người thứ nhất</strong>" in refused.text
    assert refused.text.count("của người khác:") == 1
    assert "Lấy nội dung đang lưu" in refused.text
    form = other.read(refused)[f"b-form-{NAME}"]
    assert other.post(form).status_code == 200
    assert one.value(NAME)["label"] == "Của người thứ hai"
    assert one.value(NAME)["help"] == "Lời dẫn của người thứ nhất"


def test_of_a_list_changed_by_two_nobody_is_asked_to_choose_a_text(desk):
    one, other = desk(), desk("cahai", fresh=False)
    first, second = ids(one)[:2]
    place = FIELDS.removesuffix(".fields")
    one.open(place)
    other.open(place)
    one.reshape("xuong", muc=f"{FIELDS}.{first}")
    refused = other.reshape("chuyen", muc=f"{FIELDS}.{first}", vao=FIELDS, truoc="")
    assert refused.status_code == 409
    assert "Lưu chữ của tôi" not in refused.text
    assert ids(one)[:2] == [second, first]
