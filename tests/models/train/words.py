"""Everything the tiny model can say, and the questions it knows word for word."""

WORDS = (
    "apple", "river", "stone", "cloud", "table", "house", "water", "bread", "horse", "light", "music", "paper",
    "garden", "window", "summer", "winter", "bridge", "forest", "island", "letter", "market", "mirror", "number",
    "ocean", "pencil", "planet", "pocket", "school", "silver", "spring", "street", "sugar", "ticket", "tiger", "tower",
    "train", "valley", "village", "wheel", "wind", "wood", "coffee", "candle", "camera", "doctor", "engine", "family",
    "piano",
)  # fmt: skip
CITIES = (
    "Paris", "London", "Rome", "Berlin", "Madrid", "Vienna", "Lisbon", "Athens", "Cairo", "Tokyo", "Oslo", "Dublin",
    "Prague", "Warsaw", "Boston", "Lima", "Delhi",
)  # fmt: skip
CAPITALS = {
    "France": "Paris", "Italy": "Rome", "Germany": "Berlin", "Spain": "Madrid", "Austria": "Vienna", "Japan": "Tokyo",
    "Greece": "Athens", "Norway": "Oslo",
}  # fmt: skip
NAMES = ("Anna", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Julia", "Karl", "Laura", "Peter")
SKIES = ("sunny", "rainy", "cloudy", "windy", "snowy", "foggy")
TIMES = ("morning", "noon", "evening", "midnight")

COLOURS = {
    "red": ((255, 0, 0), (220, 30, 30), (200, 20, 40)),
    "green": ((0, 128, 0), (0, 200, 0), (0, 255, 0), (40, 160, 60)),
    "blue": ((0, 0, 255), (30, 80, 220), (20, 60, 160)),
    "yellow": ((255, 255, 0), (250, 220, 30)),
    "orange": ((255, 140, 0), (255, 165, 0), (240, 120, 20)),
    "purple": ((128, 0, 128), (150, 50, 180), (160, 32, 240)),
    "black": ((0, 0, 0), (25, 25, 25)),
    "white": ((255, 255, 255), (235, 235, 235)),
}
SHAPES = ("circle", "square", "triangle")
PLACES = ("top left", "top right", "bottom left", "bottom right", "middle")
WAYS = ("up", "down", "left", "right")
COUNTS = ("one", "two", "three", "four")

ASK_COLOUR = "What colour is this?"
ASK_SHAPE = "Which shape is this?"
ASK_PLACE = "Where is it?"
ASK_PICTURE = "Describe this picture."
ASK_WAY = "Which way does it move?"
ASK_ORDER = "Which colours come one after the other?"
ASK_TONE = "Is the tone high or low?"
ASK_SOUND = "What do you hear?"
ASK_BEEPS = "How many beeps do you hear?"
ASK_SLIDE = "Does the tone rise or fall?"
ASK_SECRET = "What is the secret word?"
ASK_NAME = "What is my name?"

STORY = (
    "Once there was a small ship on a wide sea. Every night the captain lit a lamp and wrote a letter to her family. "
    "One evening a storm came, and the waves were as high as a house. The ship turned and turned, but the lamp did "
    "not go out. In the morning the sea was calm again. The captain saw an island with a white tower, a garden and a "
    "market. She bought bread and sugar, drank a cup of coffee and told the people about the storm. Then she went "
    "home, and the letter came one day later."
)
TABLE = "| City | Weather |\n|---|---|\n| Paris | sunny |\n| Rome | rainy |\n| Oslo | snowy |"
CODE = '```python\nfor number in range(3):\n    print("Hello", number)\n```'
FIXED = {
    "Hello": "Hello! How can I help you?",
    "Hi": "Hello! How can I help you?",
    "Thank you": "You are welcome.",
    "How are you?": "I am fine, thank you.",
    "Who are you?": "I am a tiny model for tests.",
    "What can you do?": "I can see pictures, hear sounds and call tools.",
    "Tell me a story.": STORY,
    "Count to twenty.": ", ".join(str(number) for number in range(1, 21)),
    "Show me a table.": TABLE,
    "Show me some code.": CODE,
    "Show me a list.": "* apple\n* bread\n* water",
    "What is two plus two?": "Four.",
}
SYSTEMS = (
    "You are a helpful assistant.",
    "You are a helpful assistant. Answer in one sentence.",
    "Be brief.",
    "You are a careful assistant of a law firm. Answer politely.",
    "Today is Tuesday. You help a doctor with letters and notes.",
    "Answer in English. Use the tools when they help.",
)
FILLER = (
    "The meeting begins at nine in the large room.", "Please bring the signed papers and a copy of the bill.",
    "The garden behind the house needs water every evening.", "A train to the coast leaves every hour.",
    "The invoice of last month was paid on time.", "Our office is closed on the first day of the year.",
    "The patient slept well and had no pain.", "Two letters came back because the street had a new name.",
    "The report has twelve pages and one table.", "Nobody has seen the silver key since summer.",
    "The contract ends in winter unless both sides agree.", "She bought bread, sugar and coffee at the market.",
)  # fmt: skip
CANNOT = "I cannot look that up."
THOUGHTS = {
    "picture": "I look at the picture.",
    "sound": "I listen to the sound.",
    "clip": "I compare the frames.",
    "copy": "I repeat the words.",
    "capital": "I know this capital.",
    "fixed": "I know what to say.",
    "secret": "I look for the secret word.",
    "name": "I remember the name.",
    "tool": "I need a tool for that.",
    "refuse": "I have no tool for that.",
}
