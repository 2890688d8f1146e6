"""Who is for or against whom: learned, of any two actors that meet in a sentence."""
