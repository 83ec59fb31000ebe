"""Templates of printed forms that the province wrote itself: kept as dated versions beside the shipped sets."""
