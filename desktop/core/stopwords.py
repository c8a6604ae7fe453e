"""Words that every text of a language is full of: they find nothing, and tell which language it is."""


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = _these(
    """a about after all also an and any are as at be been but by can could did do does for from had has have he her
    his how i if in into is it its me my no not of on or our shall she should so such than that the their them then
    there these they this those to under up us was we were what when where which who whom whose why will with would
    you your"""
)
GERMAN = _these(
    """aber als am an auch auf aus bei bin bis da damit das dass dem den denn der des die dies diese dieser dieses durch
    ein eine einem einen einer eines er es für gegen hat haben hier ich ihr ihre im in ins ist ja kann kein keine man
    mit nach nicht noch nur ob oder ohne sein seine sich sie sind so um und uns unter vom von vor war was welche welcher
    welches wenn wer werden wie wird wo wurde zu zum zur über"""
)
FRENCH = _these(
    """à au aux avec ce ces cet cette comme d dans de des du elle en est et être eu il ils je l la le les leur lui mais
    me même mes mon ne ni nos notre nous on ont ou où par pas plus pour qu quand que quel quelle quelles quels qui s sa
    sans se ses si son sont sous sur ta te tes tu un une vos votre vous y été"""
)
SPANISH = _these(
    """a al como con cuál cuáles cuando cuándo cuánto de del desde donde dónde e el ella ellos en entre era es esta
    este esto están está fue ha han hasta la las le les lo los más me mi muy no nos o para pero por porque que qué
    quien quién se según ser si sin sobre son su sus también un una uno y ya"""
)
ITALIAN = _these(
    """a ad ai al alla alle anche che chi ci come con cui da dal dalla dei del della delle di dove e ed è gli ha hanno i
    il in la le lo ma mi nel nella non o ogni per perché più qual quale quali quando quanto quella quello questa questo
    se si sono su sul sulla tra un una uno"""
)
PORTUGUESE = _these(
    """a ao aos as até com como da das de do dos e é em entre era essa esse esta este foi há isso já mais mas na não nas
    no nos o os ou para pela pelas pelo pelos por quando que se sem ser seu seus são só sua suas também tem um uma você
    à às"""
)
DUTCH = _these(
    """aan als bij dan dat de deze die dit door een en er geen had heb heeft het hij hoe hun ik in is je kan maar meer
    met naar niet nog of om onder ook op over te tot uit van voor waar was wat we werd worden wordt ze zich zij zijn
    zo"""
)
POLISH = _these(
    """a albo ale bez być był była było co czy dla do gdy i ich im jak jako jego jej jest jeszcze już każdy który która
    które lub ma między może na nad nie nie o od oraz po pod przez przy są się tak także tego tej ten to tym u w we z za
    ze że"""
)
LATIN = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "nl": DUTCH,
    "pl": POLISH,
}
"""By language, those that are written in Latin letters."""
DROPPED = ENGLISH | GERMAN | FRENCH | SPANISH | ITALIAN
"""A search leaves these out as long as other words remain."""
