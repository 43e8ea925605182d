"""The code generator behind one adapter."""
