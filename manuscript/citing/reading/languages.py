"""The three-letter language codes of MEDLINE as the two-letter ones that CSL uses."""

_SHORT = dict(
    pair.split("=")
    for pair in (
        "eng=en fre=fr fra=fr ger=de deu=de spa=es ita=it por=pt rus=ru chi=zh zho=zh jpn=ja kor=ko dut=nl nld=nl"
        " pol=pl swe=sv nor=no dan=da fin=fi cze=cs ces=cs hun=hu tur=tr gre=el ell=el heb=he ara=ar per=fa fas=fa"
        " ukr=uk rum=ro ron=ro bul=bg scr=hr hrv=hr scc=sr srp=sr slo=sk slk=sk slv=sl cat=ca lit=lt lav=lv est=et"
        " ice=is isl=is vie=vi tha=th ind=id"
    ).split()
)


def short_code(code: str) -> str:
    """Return "en" for "eng"; "" for "und" and "mul"; a code not known as it is."""
    code = code.strip()
    return "" if code.lower() in {"und", "mul"} else _SHORT.get(code.lower(), code)
