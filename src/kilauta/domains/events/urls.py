from django.urls import URLPattern

app_name = "events"

# what residents read and fill in
_public: list[URLPattern] = []
# what other programmes and paper take
_taken: list[URLPattern] = []
# the room of those who hold events
_room: list[URLPattern] = []
# the day itself
_day: list[URLPattern] = []

urlpatterns = [*_public, *_taken, *_room, *_day]
