"""What a failing test shows of Cognito. Nothing of it is loaded, nor written, for a test that passes."""
