"""The YAML library's complaints in Vietnamese, each with what to do."""

from typing import Final

_KNOWN: Final = (
    (
        "cannot start any token",
        "Có ký tự không thể đứng đầu một giá trị (thường là dấu tab, @ hoặc `).",
        "Thụt đầu dòng bằng dấu cách, không bằng tab; giá trị có ký tự đặc biệt thì đặt trong dấu ngoặc kép.",
    ),
    (
        "mapping values are not allowed",
        "Dấu hai chấm ở đây không được phép.",
        "Giá trị có dấu hai chấm thì đặt cả giá trị trong dấu ngoặc kép; kiểm tra cả phần thụt đầu dòng.",
    ),
    (
        "could not find expected ':'",
        "Thiếu dấu hai chấm sau tên khóa.",
        "Viết “tên: giá trị”, có một dấu cách sau dấu hai chấm.",
    ),
    (
        "unexpected end of stream",
        "Dấu ngoặc kép mở ra mà không đóng lại.",
        "Thêm dấu ngoặc kép ở cuối giá trị.",
    ),
    (
        "expected ',' or ']'",
        "Danh sách trong ngoặc vuông chưa đóng hoặc thiếu dấu phẩy.",
        "Thêm dấu phẩy giữa các phần tử, dấu ] ở cuối.",
    ),
    (
        "expected ',' or '}'",
        "Nhóm trong ngoặc nhọn chưa đóng hoặc thiếu dấu phẩy.",
        "Thêm dấu phẩy giữa các khóa, dấu } ở cuối.",
    ),
    (
        "expected <block end>",
        "Dòng này thụt vào không khớp với các dòng trên.",
        "Các khóa cùng nhóm phải thụt vào bằng nhau; các phần tử của danh sách bắt đầu bằng dấu “- ”.",
    ),
    (
        "not allowed here",
        "Danh sách không thể bắt đầu ở chỗ này.",
        "Đặt dấu “- ” xuống dòng mới, thụt vào dưới tên khóa.",
    ),
    (
        "unknown escape character",
        "Sau dấu \\ trong ngoặc kép có ký tự không hợp lệ.",
        "Dùng dấu ngoặc đơn thay ngoặc kép, hoặc viết \\\\ cho một dấu \\.",
    ),
    (
        "expected the node content",
        "Ở đây thiếu giá trị hoặc thừa một dấu.",
        "Kiểm tra các dấu ngoặc và dấu phẩy trên dòng này.",
    ),
    (
        "undefined alias",
        "Giá trị bắt đầu bằng dấu * bị hiểu là tham chiếu của YAML.",
        "Đặt giá trị trong dấu ngoặc kép.",
    ),
)


def explain_syntax(problem: str, context: str) -> tuple[str, str]:
    """Message and remedy for a complaint of the YAML library."""
    for sign, message, remedy in _KNOWN:
        if sign in problem or sign in context:
            return message, remedy
    return (
        "Không đọc được YAML ở đây.",
        "Kiểm tra phần thụt đầu dòng, dấu ngoặc và dấu hai chấm của dòng này và dòng ngay trước.",
    )
