"""What a clerk does, one module per thing. The window and the command line see only this and the model."""
