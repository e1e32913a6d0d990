"""Every write about times: what is offered, booked, waited for and told; and who may enter a remote room."""
