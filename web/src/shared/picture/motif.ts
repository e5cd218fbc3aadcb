/** Names of motifs by the words that select them; the first match wins, so the more specific ones come first. */
export const MOTIFS: readonly (readonly [RegExp, string])[] = [
  [/POSTAGE|CARRIAGE|STAMP SET/, 'stamp'],
  [/CAKE ?CASES?|FAIRY CAKE|MUFFIN|CUPCAKE/, 'cake-case'],
  [/CAKE ?STAND|\bTIER\b/, 'cake-stand'],
  [/LUNCH BOX|SNACK BOX|BREAD BIN|SUITCASE|TOOL BOX|MONEY BOX|MONEY BANK/, 'lunch-box'],
  [/NAPKIN|TISSUE|SERVIETTE|DOIL(?:Y|IES)\b|TEA TOWEL|TOWEL/, 'napkins'],
  [/BUNTING|GARLAND|PAPER CHAIN|STREAMER/, 'bunting'],
  [/CHILLI LIGHTS|\bLIGHTS\b|LIGHT GARLAND/, 'bulbs'],
  [/NIGHT LIGHT|LAMP/, 'lamp'],
  [/LANTERN|CANDLESTICK|CANDELABRA/, 'lantern'],
  [/T-LIGHT|TLIGHT|CANDLE|INCENSE/, 'candle'],
  [/WATERING|BUCKET/, 'watering-can'],
  [/PURSE|WALLET|COIN|GLASSES CASE|KEY ?FOB|KEY ?RING|NECKLACE|BRACELET|EARRING/, 'purse'],
  [/BASKET|HAMPER/, 'basket'],
  [/\bBAG\b|\bBAGS\b|SHOPPER|SATCHEL|TOTE|RUCKSACK/, 'bag'],
  [/COOKIE|GINGERBREAD|CUTTER|BISCUIT/, 'cookie'],
  [/TEAPOT|TEA SET|TEA FOR ONE|\bJUG\b|KETTLE/, 'teapot'],
  [/WATER BOTTLE|BOTTLE|FLASK|\bOIL\b|SOAP/, 'bottle'],
  [/SCALES/, 'scales'],
  [/CUTLERY|SPOON|FORK|KNIFE|WHISK|SPATULA|LADLE/, 'cutlery'],
  [/APRON|OVEN GLOVE|GLOVE|MITT/, 'apron'],
  [/CLOCK|\bWATCH\b|TIMER/, 'clock'],
  [/FRAME|PICTURE|MIRROR|PHOTO|ALBUM/, 'frame'],
  [/\bSIGN\b|CHALKBOARD|BLACK ?BOARD|SLATE|NOTICE|MEMO|\bBOARD\b|MAGNET|PLAQUE/, 'sign'],
  [/MUG|TEA ?CUP|CUP\b|\bCUPS\b|SAUCER|BEAKER|COFFEE/, 'cup'],
  [/\bJAM\b|\bJAR\b|\bJARS\b|PRESERV/, 'jar'],
  [/\bTIN\b|\bTINS\b|CANISTER|CONTAINER|STORAGE|PLASTERS|CADDY|MOULD/, 'tin'],
  [/PLATE|DISH|TRAY|COASTER|PLACEMAT/, 'plate'],
  [/BOWL|BAKING|CASSEROLE|STRAINER|COLANDER/, 'bowl'],
  [/DOOR ?MAT|\bMAT\b|\bRUG\b/, 'mat'],
  [/CUSHION|PILLOW|QUILT|BLANKET|THROW|KNEELING|WARMER|DOORSTOP/, 'cushion'],
  [/DRAWER|CABINET|CHEST|CUPBOARD|TRINKET|JEWEL/, 'drawers'],
  [/HOOK|KNOB|HANGER|RACK|PEGS|HOLDER/, 'hooks'],
  [/BIRD|OWL|DOVE|CHICKEN|DUCK|ROBIN|\bHEN\b|COCKEREL|FEEDER/, 'bird'],
  [/CHRISTMAS|BAUBLE|XMAS|ADVENT|EASTER|DECORATION/, 'bauble'],
  [/PARASOL|UMBRELLA|\bFAN\b/, 'parasol'],
  [/BLOCK|ALPHABET|JIGSAW|DOMINO|GAME|PUZZLE|SNAP CARDS/, 'blocks'],
  [/PENCIL|\bPEN\b|\bPENS\b|CHALK|CRAYON|TUBE|MARKER/, 'pencils'],
  [/\bCARDS?\b|WRAP|ENVELOPE|GIFT TAG|POSTCARD|TAGS/, 'card'],
  [/BOOK|JOURNAL|DIARY|STATIONERY|RECIPE|\bPAD\b|FOLDER|CALENDAR/, 'book'],
  [/DOLL|BABUSHKA|SPACEBOY|\bGIRL\b|FAIRY|TEDDY|BEAR|RABBIT|BUNNY|SOLDIER|FELTCRAFT|TOY/, 'doll'],
  [/SEWING|\bKIT\b|SCISSOR|CRAFT/, 'scissors'],
  [/HARMONICA|MUSIC|RECORDER|DRUM|PIANO/, 'music'],
  [/RIBBON|ROSETTE|\bBOW\b|TRELLIS/, 'ribbon'],
  [/FLOWER|PLANT|HERB|GARDEN|\bPOT\b|PLANTER|VASE|SEEDS|\bROSE\b/, 'flower-pot'],
  [/HOUSE|HOME|SHED|CHURCH|COTTAGE/, 'house'],
  [/HEART|LOVE|VALENTINE/, 'hanging-heart'],
  [/\bTEA\b|BREAKFAST/, 'cup'],
  [/CAKE|BAKE/, 'cake-stand'],
  [/GIFT|BOX|CASE|PRESENT|PARTY|\bSET\b/, 'parcel'],
];

/** Drawn when no word is known. */
const FALLBACK = 'parcel';

function find(words: string): string | undefined {
  return MOTIFS.find(([pattern]) => pattern.test(words))?.[1];
}

/** Chooses a product's motif: by its name, else by its category (both in capitals). */
export function motifOf(name: string, category = ''): string {
  return find(name) ?? find(category) ?? FALLBACK;
}
