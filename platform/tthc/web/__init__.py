"""What every page shares: who may see it, how it is protected, what is shown when something goes wrong."""
