"""The pages of the registry: catalogue, coverage, registration slips, roadmap, published lists."""

from admin.views.registry.catalogue import Catalogue
from admin.views.registry.coverage import CoveragePage
from admin.views.registry.publications import Publications
from admin.views.registry.roadmap import Roadmap
from admin.views.registry.slips import Slips

__all__ = ["Catalogue", "CoveragePage", "Publications", "Roadmap", "Slips"]
