"""What is known exactly: divergences, densities, push-forwards, plans and games; nothing here is trained."""
