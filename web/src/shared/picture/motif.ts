import type { FunctionComponent } from 'react';

import * as home from '@/shared/picture/motifs-home';
import * as kitchen from '@/shared/picture/motifs-kitchen';
import * as more from '@/shared/picture/motifs-more';
import * as things from '@/shared/picture/motifs-things';

/** What is drawn for which words; the first that fits counts, so the more special stand first. */
const MOTIFS: readonly (readonly [RegExp, FunctionComponent])[] = [
  [/POSTAGE|CARRIAGE|STAMP SET/, more.Stamp],
  [/CAKE ?CASES?|FAIRY CAKE|MUFFIN|CUPCAKE/, kitchen.CakeCase],
  [/CAKE ?STAND|TIER\b/, kitchen.CakeStand],
  [/LUNCH BOX|SNACK BOX|BREAD BIN|SUITCASE|TOOL BOX|MONEY BOX|MONEY BANK/, things.LunchBox],
  [/NAPKIN|TISSUE|SERVIETTE|DOIL(?:Y|IES)\b|TEA TOWEL|TOWEL/, more.Napkins],
  [/BUNTING|GARLAND|PAPER CHAIN|STREAMER/, things.Bunting],
  [/CHILLI LIGHTS|LIGHTS\b|LIGHT GARLAND/, more.Bulbs],
  [/NIGHT LIGHT|LAMP/, home.Lamp],
  [/LANTERN|CANDLESTICK|CANDELABRA/, home.Lantern],
  [/T-LIGHT|TLIGHT|CANDLE|INCENSE/, home.Candle],
  [/WATERING|BUCKET/, more.WateringCan],
  [/PURSE|WALLET|COIN|GLASSES CASE|KEY ?FOB|KEY ?RING|NECKLACE|BRACELET|EARRING/, more.Purse],
  [/BASKET|HAMPER/, more.Basket],
  [/BAG\b|BAGS\b|SHOPPER|SATCHEL|TOTE|RUCKSACK/, things.Bag],
  [/COOKIE|GINGERBREAD|CUTTER|BISCUIT/, more.Cookie],
  [/TEAPOT|TEA SET|TEA FOR ONE|JUG\b|KETTLE/, kitchen.Teapot],
  [/WATER BOTTLE|BOTTLE|FLASK|OIL\b|SOAP/, kitchen.Bottle],
  [/SCALES/, kitchen.Scales],
  [/CUTLERY|SPOON|FORK|KNIFE|WHISK|SPATULA|LADLE/, kitchen.Cutlery],
  [/APRON|OVEN GLOVE|GLOVE|MITT/, kitchen.Apron],
  [/CLOCK|WATCH\b|TIMER/, home.Clock],
  [/FRAME|PICTURE|MIRROR|PHOTO|ALBUM/, home.Frame],
  [/SIGN\b|CHALKBOARD|BLACK ?BOARD|SLATE|NOTICE|MEMO|BOARD\b|MAGNET|PLAQUE/, home.Sign],
  [/MUG|TEA ?CUP|CUP\b|CUPS\b|SAUCER|BEAKER|COFFEE/, kitchen.Cup],
  [/JAM\b|JAR\b|JARS\b|PRESERV/, kitchen.Jar],
  [/TIN\b|TINS\b|CANISTER|CONTAINER|STORAGE|PLASTERS|CADDY|MOULD/, kitchen.Tin],
  [/PLATE|DISH|TRAY|COASTER|PLACEMAT/, kitchen.Plate],
  [/BOWL|BAKING|CASSEROLE|STRAINER|COLANDER/, kitchen.Bowl],
  [/DOOR ?MAT|\bMAT\b|RUG\b/, home.Mat],
  [/CUSHION|PILLOW|QUILT|BLANKET|THROW|KNEELING|WARMER|DOORSTOP/, home.Cushion],
  [/DRAWER|CABINET|CHEST|CUPBOARD|TRINKET|JEWEL/, home.Drawers],
  [/HOOK|KNOB|HANGER|RACK|PEGS|HOLDER/, home.Hooks],
  [/BIRD|OWL|DOVE|CHICKEN|DUCK|ROBIN|HEN\b|COCKEREL|FEEDER/, things.Bird],
  [/CHRISTMAS|BAUBLE|XMAS|ADVENT|EASTER|DECORATION/, home.Bauble],
  [/PARASOL|UMBRELLA|FAN\b/, things.Parasol],
  [/BLOCK|ALPHABET|JIGSAW|DOMINO|GAME|PUZZLE|SNAP CARDS/, things.Blocks],
  [/PENCIL|PEN\b|PENS\b|CHALK|CRAYON|TUBE|MARKER/, things.Pencils],
  [/CARDS?\b|WRAP|ENVELOPE|GIFT TAG|POSTCARD|TAGS/, things.Card],
  [/BOOK|JOURNAL|DIARY|STATIONERY|RECIPE|PAD\b|FOLDER|CALENDAR/, things.Book],
  [/DOLL|BABUSHKA|SPACEBOY|GIRL\b|FAIRY|TEDDY|BEAR|RABBIT|BUNNY|SOLDIER|FELTCRAFT|TOY/, things.Doll],
  [/SEWING|KIT\b|SCISSOR|CRAFT/, more.Scissors],
  [/HARMONICA|MUSIC|RECORDER|DRUM|PIANO/, more.Music],
  [/RIBBON|ROSETTE|BOW\b|TRELLIS/, more.Ribbon],
  [/FLOWER|PLANT|HERB|GARDEN|POT\b|PLANTER|VASE|SEEDS|ROSE\b/, things.FlowerPot],
  [/HOUSE|HOME|SHED|CHURCH|COTTAGE/, home.House],
  [/HEART|LOVE|VALENTINE/, home.HangingHeart],
  [/TEA\b|BREAKFAST/, kitchen.Cup],
  [/CAKE|BAKE/, kitchen.CakeStand],
  [/GIFT|BOX|CASE|PRESENT|PARTY|SET\b/, things.Parcel],
];

/** What to draw for a product with these words (capitals). */
export function motifOf(words: string): FunctionComponent {
  return MOTIFS.find(([pattern]) => pattern.test(words))?.[1] ?? things.Parcel;
}
