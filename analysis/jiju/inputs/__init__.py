"""What is simulated: scenarios as objects, their schedules, how two of them differ, what describes them."""
