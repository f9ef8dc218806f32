# What is found is imported here.
