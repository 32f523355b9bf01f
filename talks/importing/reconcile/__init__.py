"""What a post says against what the base holds gives a plan. Pure."""
