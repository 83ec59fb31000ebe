"""Properties of Form.io components that nobody has to settle, and those that somebody does, each with its reason.

Names are dotted and relative to the component, list places left out (`columns.width`); a name stands for all below it.
"""

from collections.abc import Mapping
from typing import Final

EMPTY: Final = "Bỏ trống trong tệp gốc."
DEFAULT: Final = "Giá trị mặc định của Form.io: không đổi gì."

_LOOKS: Final = "Cách trình bày: nền tảng có cách trình bày chung cho mọi biểu mẫu."
_BEHAVIOUR: Final = "Thao tác trên màn hình: nền tảng có cách làm chung cho mọi biểu mẫu."
_BOOKS: Final = "Sổ sách của phần mềm cũ, người điền không thấy."
_RUNNING: Final = "Khi nào tính lại, kiểm tra lại: nền tảng luôn tính và kiểm tra trên máy chủ."
_STORING: Final = "Cách phần mềm cũ lưu dữ liệu: nền tảng lưu mọi trường đang hiện."
_WORDS: Final = "Chữ có sẵn của phần mềm cũ: nền tảng tự viết chữ trên nút và lời báo lỗi."

_BY_REASON: Final[Mapping[str, str]] = {
    _LOOKS: """customClass labelPosition labelWidth labelMargin hideLabel className theme size block leftIcon rightIcon
        breadcrumb collapsible collapsed inline optionsLabelPosition inputsLabelPosition hideInputLabels autoAdjust width
        height minWidth maxWidth penColor backgroundColor columns.width columns.offset columns.push columns.pull
        columns.size columns.currentWidth offset push pull currentWidth numRows numCols cellAlignment striped bordered hover condensed layoutFixed
        tableView displayAsTable modal modalEdit overlay fixedSize keepOverlayRatio dataGridLabel datagridLabel inDataGrid
        tree row tab verticalLayout rows cols wysiwyg editor isUploadEnabled showWordCount showCharCount tag attrs
        templates.header templates.footer templates.row templates.tableHeader templates.tableRow template templates image imageSize tableFooter
        autofocus tabindex dayFirst customOptions displayMask delimiter thousandsSeparator useLocaleSettings decimalSymbol delimeter fancyButton fieldSet groupToggle removePlacement initEmpty openWhenEmpty
        fields.day.type fields.month.type fields.year.type
        fields.day.placeholder fields.month.placeholder fields.year.placeholder datePicker.showWeeks datePicker.startingDay datePicker.initDate datePicker.minMode datePicker.maxMode
        datePicker.yearRows datePicker.yearColumns datePicker.datepickerMode datepickerMode timePicker format dataFormat
        displayInTimezone timezone widget.type widget.format widget.dateFormat widget.saveAs widget.useLocaleSettings
        widget.allowInput widget.altInput widget.clickOpens widget.hourIncrement widget.minuteIncrement widget.time_24hr
        widget.displayInTimezone widget.submissionTimezone widget.locale widget.language widget.i18n widget.icons
        widget.enableTime widget.noCalendar widget.mode shortcutButtons""",
    _BEHAVIOUR: """buttonSettings breadcrumbClickable navigateOnEnter saveOnEnter scrollToTop disableOnInvalid
        allowInput enableManualMode minSearch searchEnabled searchField searchThreshold searchDebounce selectThreshold
        noRefreshOnScroll readOnlyValue lazyLoad disableLimit limit filter sort fuseOptions useExactSearch
        reorder defaultOpen addAnotherPosition rowDrafts openWhenEmpty inlineEdit enableRowGroups webcam uploadOnly
        spellcheck hideOnChildrenHidden inputMode autoExpand truncateMultipleSpaces multipleMasks privateDownload
        shortcut values.shortcut clearOnRefresh showValidations alwaysEnabled keyModified lockKey addAnother saveRow removeRow
        conditionalAddButton switchToManualModeLabel disableClearIcon enableMaxDateInput enableMinDateInput defaultDate
        displayOnExpand footer""",
    _BOOKS: """id input tags addons reference path isNew version applyMaskOn autofocus builder originalComponent
        customKey ignoreCache allowCaching authenticate nestedForm submissionRevision useOriginalRevision
        uniqueOptions _id isEditor selectData storeas promptOnDeselect validate.select indexeddb dbIndex mask as useExactSearch state
        inputType inputFormat allowMultipleMasks searchable parent parentPath _vid questionnaire
        data.headers data.method data.disableLimit data.indexeddb kickbox storage dir url fileKey options
        fileNameTemplate fileTypes provider providerOptions""",
    _RUNNING: """validateOn refreshOn refreshOnChange redrawOn calculateServer calculateValueMode validate.customPrivate validateWhenHidden
        validate.strictDateValidation validate.onlyAvailableItems validate.multiple conditional.conjunction
        validate.unique clearOnHide trigger allowCalculateOverride""",
    _STORING: "persistent dataType selectValues valueProperty idPath selectFields dataSrc lazy",
    _WORDS: "errors errorLabel customError",
}

NO_MEANING: Final[Mapping[str, str]] = {
    name: reason for reason, names in _BY_REASON.items() for name in names.split()
}

# Their value in a component that was never touched; anything else has to be told.
SAYS_NOTHING: Final[Mapping[str, tuple[object, ...]]] = {
    "hidden": (False,),
    "disabled": (False,),
    "multiple": (False,),
    "unique": (False,),
    "protected": (False,),
    "encrypted": (False,),
    "validate.required": (False,),
    "validate.integer": (False,),
    "validate.step": ("any",),
    "requireDecimal": (False,),
    "case": ("mixed",),
    "conditional.show": (False, True, "true", "false"),
    "calculateValue": (),
    "currency": (),
    "defaultValue": (False,),
    "datePicker.disableWeekends": (False,),
    "datePicker.disableWeekdays": (False,),
    "widget.disableWeekends": (False,),
    "widget.disableWeekdays": (False,),
    **{f"fields.{part}.{key}": (False,) for part in ("day", "month", "year") for key in ("hide", "required")},
    "disableAddingRemovingRows": (False,),
    "disableAddingRows": (False,),
    "addResource": (False,),
    "action": ("submit",),
    "widget": ("choicesjs", "html5", "calendar", "input"),
    "enableDate": (True,),
    "enableTime": (False,),
    "autocomplete": ("on", "off"),
}

# property → (why it does not carry over, what to do)
UNSUPPORTED: Final[Mapping[str, tuple[str, str]]] = {
    "customConditional": (
        "Điều kiện hiện viết bằng JavaScript, không chuyển được.",
        "Viết lại thành biểu thức FEEL trong khóa visible.",
    ),
    "calculateValue": (
        "Cách tính viết bằng JavaScript, không chuyển được.",
        "Đổi kiểu trường thành computed và viết lại cách tính bằng FEEL trong khóa compute.",
    ),
    "customDefaultValue": (
        "Giá trị ban đầu do chương trình tính.",
        "Ghi giá trị cố định ở khóa default, hoặc lấy từ tài khoản bằng prefill.",
    ),
    "defaultValue": (
        "Giá trị ban đầu này không hợp với kiểu trường trong bản nháp.",
        "Ghi lại ở khóa default nếu vẫn cần.",
    ),
    "validate.custom": (
        "Phép kiểm tra viết bằng JavaScript, không chuyển được.",
        "Viết lại thành biểu thức FEEL trong khóa checks.",
    ),
    "validate.customMessage": (
        "Lời báo lỗi của một phép kiểm tra chưa mang sang.",
        "Dùng lại lời này khi viết checks.",
    ),
    "validate.minWords": (
        "Ngôn ngữ không đếm từ.",
        "Bỏ, hoặc kiểm tra số ký tự bằng checks với string length(…).",
    ),
    "validate.maxWords": ("Ngôn ngữ không đếm từ.", "Bỏ, hoặc giới hạn số ký tự bằng max_length."),
    "validate.step": ("Ngôn ngữ không có bước nhảy của số.", "Kiểm tra bằng checks với modulo(…) nếu cần."),
    "validate.pattern": (
        "Mẫu chữ này không viết được bằng hàm matches của FEEL.",
        "Viết lại phép kiểm tra trong checks, hoặc dùng kiểu trường có sẵn như citizen_number, phone.",
    ),
    "validate.min": ("Giới hạn này không dùng được cho kiểu trường trong bản nháp.", "Ghi lại ở khóa min."),
    "validate.max": ("Giới hạn này không dùng được cho kiểu trường trong bản nháp.", "Ghi lại ở khóa max."),
    "validate.minLength": (
        "Giới hạn này không dùng được cho kiểu trường trong bản nháp.",
        "Kiểm tra lại bằng checks.",
    ),
    "validate.maxLength": (
        "Giới hạn này không dùng được cho kiểu trường trong bản nháp.",
        "Kiểm tra lại bằng checks.",
    ),
    "inputMask": (
        "Khuôn nhập này không viết được bằng hàm matches của FEEL.",
        "Dùng kiểu trường có sẵn (citizen_number, phone…) hoặc viết checks.",
    ),
    "inputMasks": (
        "Ngôn ngữ không có nhiều khuôn nhập cho một trường.",
        "Tách thành lựa chọn loại và trường tương ứng.",
    ),
    "logic": (
        "Trường tự đổi khi có điều kiện (logic của Form.io).",
        "Viết lại bằng visible, required hoặc when của lựa chọn.",
    ),
    "properties": (
        "Thuộc tính riêng do phần mềm cũ đặt ra.",
        "Hỏi người quản trị hệ thống cũ xem thuộc tính dùng để làm gì.",
    ),
    "attributes": (
        "Thuộc tính HTML riêng của phần mềm cũ.",
        "Thường bỏ được; xem có thuộc tính nào dặn người điền không.",
    ),
    "disabled": (
        "Trường chỉ đọc, người điền không sửa được.",
        "Nếu giá trị do máy tính ra thì dùng kiểu computed; nếu lấy từ tài khoản thì dùng prefill.",
    ),
    "multiple": (
        "Trường nhận nhiều giá trị, bản nháp chỉ hỏi một.",
        "Đổi thành list, hoặc multi_choice với các lựa chọn.",
    ),
    "unique": (
        "Giá trị không được trùng với hồ sơ khác: ngôn ngữ không kiểm tra chéo hồ sơ.",
        "Để cán bộ kiểm tra ở bước thẩm định.",
    ),
    "prefix": ("Chữ đứng trước ô nhập.", "Đưa vào nhãn hoặc hướng dẫn."),
    "suffix": ("Chữ đứng sau ô nhập.", "Đưa vào nhãn hoặc hướng dẫn."),
    "case": ("Tự đổi chữ hoa, chữ thường.", "Ghi vào hướng dẫn, ví dụ “viết IN HOA”."),
    "currency": ("Đơn vị tiền không phải đồng Việt Nam.", "Kiểm tra lại đơn vị ở khóa unit."),
    "data": (
        "Lựa chọn lấy từ nơi khác, tệp không có sẵn.",
        "Ghi các lựa chọn vào options, hoặc dùng danh mục.",
    ),
    "fetch": ("Dữ liệu lấy từ máy chủ khác.", "Dùng danh mục, prefill, hoặc hỏi người điền."),
    "datePicker": (
        "Giới hạn của lịch viết bằng chương trình hoặc không có từ tương ứng.",
        "Ghi ở min, max hoặc checks.",
    ),
    "widget": ("Giới hạn của ô nhập không có từ tương ứng.", "Ghi ở min, max hoặc checks."),
    "placeholder": ("Gợi ý trong ô không dùng được cho kiểu trường này.", "Đưa vào hướng dẫn (help)."),
    "disableAddingRemovingRows": (
        "Không cho thêm, bớt dòng.",
        "Ghi min và max bằng nhau, hoặc đổi thành group.",
    ),
    "disableAddingRows": ("Không cho thêm dòng.", "Ghi max bằng số dòng cho phép."),
    "enableDate": ("Chỉ hỏi giờ.", "Dùng kiểu time."),
    "enableTime": ("Hỏi cả giờ, bản nháp chỉ hỏi ngày.", "Thêm một trường kiểu time nếu cần giờ."),
    "action": ("Nút này làm việc riêng của phần mềm cũ.", "Bỏ, hoặc đưa việc đó vào quy trình."),
    "filePattern": ("Nền tảng chỉ nhận PDF, JPEG, PNG.", "Xem lại các loại tệp ở khóa accept."),
    "fileMaxSize": ("Nền tảng nhận mỗi tệp từ 1 đến 10 MB, tính bằng MB tròn.", "Ghi lại ở khóa max_size."),
    "fileMinSize": ("Ngôn ngữ không có cỡ tệp nhỏ nhất.", "Bỏ, hoặc ghi vào hướng dẫn."),
    "decimalLimit": ("Ngôn ngữ không giới hạn số chữ số lẻ.", "Kiểm tra bằng checks nếu cần."),
    "requireDecimal": ("Ngôn ngữ không buộc phải ghi phần lẻ.", "Bỏ, hoặc kiểm tra bằng checks."),
    "conditional": (
        "Điều kiện hiện này chưa chuyển được.",
        "Viết lại thành biểu thức FEEL trong khóa visible.",
    ),
    "validate.json": (
        "Phép kiểm tra JSONLogic này chưa chuyển được.",
        "Viết lại thành biểu thức FEEL trong khóa checks.",
    ),
    "validate.minSelectedCount": ("Giới hạn số lựa chọn không dùng được ở đây.", "Ghi lại ở khóa min."),
    "validate.maxSelectedCount": ("Giới hạn số lựa chọn không dùng được ở đây.", "Ghi lại ở khóa max."),
    "maxSelectedCountMessage": ("Lời báo lỗi riêng.", "Nền tảng có lời báo chung; dùng lại nếu viết checks."),
    "minSelectedCountMessage": ("Lời báo lỗi riêng.", "Nền tảng có lời báo chung; dùng lại nếu viết checks."),
    "autocomplete": ("Trình duyệt không biết giá trị autocomplete này.", "Chọn một giá trị của HTML."),
    "custom": ("Mã JavaScript chạy khi bấm.", "Bỏ, hoặc đưa việc đó vào quy trình."),
    "content": ("Nội dung này chưa mang sang.", "Đọc lại trong tệp gốc."),
    "minDate": ("Giới hạn ngày không phải một ngày cụ thể.", "Ghi ở khóa min, ví dụ today()."),
    "maxDate": ("Giới hạn ngày không phải một ngày cụ thể.", "Ghi ở khóa max, ví dụ today()."),
    "fields": (
        "Cách hỏi riêng từng ô ngày, tháng, năm.",
        "Nền tảng hỏi đủ ngày, tháng, năm; xem lại kiểu date hay month.",
    ),
    "validate.required": (
        "Chỗ này không hỏi gì nên không thể bắt buộc.",
        "Bỏ, hoặc ghi required ở trường cần hỏi.",
    ),
    "validate.row": (
        "Phép kiểm tra từng dòng viết bằng JavaScript, không chuyển được.",
        "Viết lại bằng FEEL trong khóa checks của một cột.",
    ),
    "components": (
        "Các ô nhập tay bên trong thành phần này chưa mang sang.",
        "Dùng khối address, hoặc ghi tay từng trường.",
    ),
    "rowGroups": ("Các dòng chia nhóm có sẵn.", "Tách mỗi nhóm thành một danh sách."),
    "maxTags": ("Số từ khóa nhiều nhất.", "Đổi thành list và ghi max."),
    "key": ("Mã này đã nằm trong mã trường của bản nháp theo cách khác.", "Đối chiếu khi chuyển dữ liệu cũ."),
    "label": ("Nhãn này không có chỗ trong bản nháp.", "Đưa vào tiêu đề trang hoặc đề mục nếu cần."),
    "description": ("Lời dặn này không có chỗ trong bản nháp.", "Đưa vào một trường note."),
    "tooltip": ("Lời dặn này không có chỗ trong bản nháp.", "Đưa vào một trường note."),
    "legend": ("Tên khung này không có chỗ trong bản nháp.", "Thêm một đề mục nếu cần."),
    "title": ("Tên khung này không có chỗ trong bản nháp.", "Thêm một đề mục nếu cần."),
    "name": ("Tên nhóm nút chọn của HTML.", "Gộp các ô cùng tên thành một trường choice."),
    "value": ("Giá trị lưu khi chọn ô này.", "Gộp các ô cùng tên thành một trường choice."),
}

FORM: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        [
            "_id",
            "_vid",
            "owner",
            "created",
            "modified",
            "deleted",
            "access",
            "submissionAccess",
            "fieldMatchAccess",
            "machineName",
            "name",
            "path",
            "project",
            "revisions",
            "submissionRevisions",
            "tags",
            "type",
            "builder",
            "pdfComponents",
            "revisionId",
            "versions",
            "_rev",
        ],
        _BOOKS,
    ),
    "display": "Bản nháp luôn chia trang theo khung (panel), dù biểu mẫu gốc là một trang hay nhiều bước.",
    "settings.theme": _LOOKS,
    "className": _LOOKS,
    "tag": _LOOKS,
    "attrs": _LOOKS,
}
FORM_UNSUPPORTED: Final = (
    "Thiết đặt của cả biểu mẫu trong phần mềm cũ.",
    "Xem thiết đặt này làm việc gì; thường thuộc về quy trình hoặc quản trị, không thuộc bản cấu hình.",
)
