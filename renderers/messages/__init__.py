"""Words of notices: what the portal, an e-mail and a text message say of one event.

`templates/<template>.yaml` holds `subject`, `portal`, `email` and `sms`; `render` fills in the data of the notice.
"""

from renderers.messages.model import CHANNELS, DATA_KEYS, SMS_LENGTH, Message, MessageError
from renderers.messages.rendering import render, template_ids

__all__ = ["CHANNELS", "DATA_KEYS", "SMS_LENGTH", "Message", "MessageError", "render", "template_ids"]
