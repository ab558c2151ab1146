"""What CloudFormation's functions, parameters and conditions stand for."""
