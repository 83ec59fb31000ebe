"""What gunicorn serves: `tthc.wsgi:application`."""

from tthc.app import create_app
from tthc.logging import configure

configure()
application = create_app()
