"""What is known of schools and bodies: claims, bodies, localities, changes, the plan. Pure."""
