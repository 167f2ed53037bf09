"""What a drawing may be made of. Whatever is not named here does not reach a page."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"

TEXTUAL = frozenset({"text", "tspan", "textPath", "title", "desc", "style"})
ELEMENTS = TEXTUAL | frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon marker switch
    linearGradient radialGradient stop pattern clipPath mask filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence""".split()
)
REFUSED = {
    "script": "a script",
    "foreignObject": "a piece of a web page (foreignObject)",
    "image": "another image",
    "feImage": "another image",
    "animate": "something that moves",
    "animateColor": "something that moves",
    "animateMotion": "something that moves",
    "animateTransform": "something that moves",
    "set": "something that moves",
    "discard": "something that moves",
    "handler": "a script",
    "listener": "a script",
    "iframe": "a piece of a web page",
    "embed": "a piece of a web page",
    "object": "a piece of a web page",
    "audio": "a sound",
    "video": "a film",
    "canvas": "a piece of a web page",
    "font": "a font",
    "tref": "text from elsewhere",
    "cursor": "another image",
}
"""What would change the picture if it were left out, in words for the person who brought it."""

PRESENTATION = frozenset(
    """alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering direction display dominant-baseline
    enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family
    font-size font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-vertical
    image-rendering isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid
    marker-start mask mask-type mix-blend-mode opacity overflow paint-order shape-rendering
    stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration
    text-overflow text-rendering transform transform-origin unicode-bidi vector-effect visibility
    white-space word-spacing writing-mode""".split()
)
ATTRIBUTES = PRESENTATION | frozenset(
    """id class style viewBox preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy
    fr d points pathLength dx dy rotate textLength lengthAdjust startOffset method spacing side
    markerWidth markerHeight markerUnits refX refY orient gradientUnits gradientTransform
    spreadMethod offset patternUnits patternContentUnits patternTransform clipPathUnits maskUnits
    maskContentUnits filterUnits primitiveUnits in in2 result stdDeviation mode type values
    tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 radius order kernelMatrix
    divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale
    diffuseConstant specularConstant specularExponent azimuth elevation z pointsAtX pointsAtY
    pointsAtZ limitingConeAngle scale xChannelSelector yChannelSelector baseFrequency numOctaves
    seed stitchTiles systemLanguage lang""".split()
)
MAY_POINT = frozenset(
    "use linearGradient radialGradient pattern filter textPath clipPath mask".split()
)
