import type { FunctionComponent } from 'react';

import * as home from '@/shared/picture/motifs-home';
import * as kitchen from '@/shared/picture/motifs-kitchen';
import * as more from '@/shared/picture/motifs-more';
import * as things from '@/shared/picture/motifs-things';

/** What is drawn for which words; the first that fits counts, so the more special stand first. */
const MOTIFS: readonly (readonly [RegExp, FunctionComponent])[] = [
  [/POSTAGE|CARRIAGE|STAMP SET/, more.Stamp],
  [/CAKE ?CASES?|FAIRY CAKE|MUFFIN|CUPCAKE/, kitchen.CakeCase],
  [/CAKE ?STAND|\bTIER\b/, kitchen.CakeStand],
  [/LUNCH BOX|SNACK BOX|BREAD BIN|SUITCASE|TOOL BOX|MONEY BOX|MONEY BANK/, things.LunchBox],
  [/NAPKIN|TISSUE|SERVIETTE|DOIL(?:Y|IES)\b|TEA TOWEL|TOWEL/, more.Napkins],
  [/BUNTING|GARLAND|PAPER CHAIN|STREAMER/, things.Bunting],
  [/CHILLI LIGHTS|\bLIGHTS\b|LIGHT GARLAND/, more.Bulbs],
  [/NIGHT LIGHT|LAMP/, home.Lamp],
  [/LANTERN|CANDLESTICK|CANDELABRA/, home.Lantern],
  [/T-LIGHT|TLIGHT|CANDLE|INCENSE/, home.Candle],
  [/WATERING|BUCKET/, more.WateringCan],
  [/PURSE|WALLET|COIN|GLASSES CASE|KEY ?FOB|KEY ?RING|NECKLACE|BRACELET|EARRING/, more.Purse],
  [/BASKET|HAMPER/, more.Basket],
  [/\bBAG\b|\bBAGS\b|SHOPPER|SATCHEL|TOTE|RUCKSACK/, things.Bag],
  [/COOKIE|GINGERBREAD|CUTTER|BISCUIT/, more.Cookie],
  [/TEAPOT|TEA SET|TEA FOR ONE|\bJUG\b|KETTLE/, kitchen.Teapot],
  [/WATER BOTTLE|BOTTLE|FLASK|\bOIL\b|SOAP/, kitchen.Bottle],
  [/SCALES/, kitchen.Scales],
  [/CUTLERY|SPOON|FORK|KNIFE|WHISK|SPATULA|LADLE/, kitchen.Cutlery],
  [/APRON|OVEN GLOVE|GLOVE|MITT/, kitchen.Apron],
  [/CLOCK|\bWATCH\b|TIMER/, home.Clock],
  [/FRAME|PICTURE|MIRROR|PHOTO|ALBUM/, home.Frame],
  [/\bSIGN\b|CHALKBOARD|BLACK ?BOARD|SLATE|NOTICE|MEMO|\bBOARD\b|MAGNET|PLAQUE/, home.Sign],
  [/MUG|TEA ?CUP|CUP\b|\bCUPS\b|SAUCER|BEAKER|COFFEE/, kitchen.Cup],
  [/\bJAM\b|\bJAR\b|\bJARS\b|PRESERV/, kitchen.Jar],
  [/\bTIN\b|\bTINS\b|CANISTER|CONTAINER|STORAGE|PLASTERS|CADDY|MOULD/, kitchen.Tin],
  [/PLATE|DISH|TRAY|COASTER|PLACEMAT/, kitchen.Plate],
  [/BOWL|BAKING|CASSEROLE|STRAINER|COLANDER/, kitchen.Bowl],
  [/DOOR ?MAT|\bMAT\b|\bRUG\b/, home.Mat],
  [/CUSHION|PILLOW|QUILT|BLANKET|THROW|KNEELING|WARMER|DOORSTOP/, home.Cushion],
  [/DRAWER|CABINET|CHEST|CUPBOARD|TRINKET|JEWEL/, home.Drawers],
  [/HOOK|KNOB|HANGER|RACK|PEGS|HOLDER/, home.Hooks],
  [/BIRD|OWL|DOVE|CHICKEN|DUCK|ROBIN|\bHEN\b|COCKEREL|FEEDER/, things.Bird],
  [/CHRISTMAS|BAUBLE|XMAS|ADVENT|EASTER|DECORATION/, home.Bauble],
  [/PARASOL|UMBRELLA|\bFAN\b/, things.Parasol],
  [/BLOCK|ALPHABET|JIGSAW|DOMINO|GAME|PUZZLE|SNAP CARDS/, things.Blocks],
  [/PENCIL|\bPEN\b|\bPENS\b|CHALK|CRAYON|TUBE|MARKER/, things.Pencils],
  [/\bCARDS?\b|WRAP|ENVELOPE|GIFT TAG|POSTCARD|TAGS/, things.Card],
  [/BOOK|JOURNAL|DIARY|STATIONERY|RECIPE|\bPAD\b|FOLDER|CALENDAR/, things.Book],
  [/DOLL|BABUSHKA|SPACEBOY|\bGIRL\b|FAIRY|TEDDY|BEAR|RABBIT|BUNNY|SOLDIER|FELTCRAFT|TOY/, things.Doll],
  [/SEWING|\bKIT\b|SCISSOR|CRAFT/, more.Scissors],
  [/HARMONICA|MUSIC|RECORDER|DRUM|PIANO/, more.Music],
  [/RIBBON|ROSETTE|\bBOW\b|TRELLIS/, more.Ribbon],
  [/FLOWER|PLANT|HERB|GARDEN|\bPOT\b|PLANTER|VASE|SEEDS|\bROSE\b/, things.FlowerPot],
  [/HOUSE|HOME|SHED|CHURCH|COTTAGE/, home.House],
  [/HEART|LOVE|VALENTINE/, home.HangingHeart],
  [/\bTEA\b|BREAKFAST/, kitchen.Cup],
  [/CAKE|BAKE/, kitchen.CakeStand],
  [/GIFT|BOX|CASE|PRESENT|PARTY|\bSET\b/, things.Parcel],
];

function find(words: string): FunctionComponent | undefined {
  return MOTIFS.find(([pattern]) => pattern.test(words))?.[1];
}

/** What to draw for a product: what its name says, else its category (both in capitals). */
export function motifOf(name: string, category = ''): FunctionComponent {
  return find(name) ?? find(category) ?? things.Parcel;
}
