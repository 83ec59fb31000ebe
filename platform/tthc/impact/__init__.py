"""What an amended definition would change for dossiers that exist: each replayed on both versions, nothing stored."""
