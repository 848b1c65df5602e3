using QRCoder;
using SkiaSharp;
using Threadwell.Reports.Documents.Layout;
using ZXing;
using ZXing.Datamatrix.Encoder;

namespace Threadwell.Reports.Documents.Barcodes;

/// <summary>A two-dimensional barcode as its dark and light modules.</summary>
internal sealed class Barcode
{
    private const char Fnc1 = '\u001d';

    // Modules of light border that the symbologies ask for (ISO/IEC 16022: 1, of which twice is kept; ISO/IEC 18004: 4).
    private const int DataMatrixQuiet = 2;
    private const int QrQuiet = 4;

    private readonly bool[,] modules;
    private readonly int quiet;

    private Barcode(bool[,] dark, int quiet)
    {
        modules = dark;
        this.quiet = quiet;
    }

    /// <summary>Modules on a side without the border.</summary>
    public int Size => modules.GetLength(0);

    /// <summary>A QR code of a text, with 15 % of redundancy (level M).</summary>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    public static Barcode Qr(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        using var generator = new QRCodeGenerator();
        using QRCodeData code = Created(generator, text);

        // The library adds a border of its own, which is taken off again.
        int size = code.ModuleMatrix.Count - (2 * QrQuiet);
        var dark = new bool[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                dark[row, column] = code.ModuleMatrix[row + QrQuiet][column + QrQuiet];
            }
        }

        return new Barcode(dark, QrQuiet);
    }

    /// <summary>A square Data Matrix (ECC 200) of ASCII text.</summary>
    /// <param name="text">The text; as a GS1 element string, a group separator (29) ends a value of variable length before another.</param>
    /// <param name="isGs1">Whether the symbol begins with FNC1 and so tells a scanner that it holds GS1 element strings.</param>
    /// <exception cref="ArgumentException">The text is empty, not ASCII, or too long.</exception>
    public static Barcode DataMatrix(string text, bool isGs1)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Any(character => character > 126 || (character < 32 && character != Fnc1)))
        {
            throw new ArgumentException("A Data Matrix of a device identifier holds ASCII characters only.", nameof(text));
        }

        var hints = new Dictionary<EncodeHintType, object> { [EncodeHintType.DATA_MATRIX_SHAPE] = SymbolShapeHint.FORCE_SQUARE };
        if (isGs1)
        {
            // Only the library's compact encoder writes FNC1: first, and for each separator.
            hints[EncodeHintType.GS1_FORMAT] = true;
            hints[EncodeHintType.DATA_MATRIX_COMPACT] = true;
        }

        ZXing.Common.BitMatrix matrix;
        try
        {
            matrix = new ZXing.Datamatrix.DataMatrixWriter().encode(text, BarcodeFormat.DATA_MATRIX, 0, 0, hints);
        }
        catch (Exception exception) when (exception is ArgumentException or WriterException)
        {
            throw new ArgumentException($"A text of {text.Length} characters fits no Data Matrix.", nameof(text), exception);
        }

        var dark = new bool[matrix.Height, matrix.Width];
        for (int row = 0; row < matrix.Height; row++)
        {
            for (int column = 0; column < matrix.Width; column++)
            {
                dark[row, column] = matrix[column, row];
            }
        }

        return new Barcode(dark, DataMatrixQuiet);
    }

    /// <summary>A strip with the code at its right edge, black on white with its border.</summary>
    /// <param name="width">Width of the strip, points; the largest that the code becomes.</param>
    /// <param name="largestModule">Largest side of a module, points.</param>
    public Piece Piece(float width, float largestModule)
    {
        float module = Math.Min(largestModule, width / (Size + (2 * quiet)));
        float side = module * (Size + (2 * quiet));
        return new Piece(side, (canvas, x, y) => Draw(canvas, x + width - side, y, module));
    }

    private void Draw(SKCanvas canvas, float x, float y, float module)
    {
        using var paint = new SKPaint { Color = SKColors.White };
        float side = module * (Size + (2 * quiet));
        canvas.DrawRect(x, y, side, side, paint);

        // One path of runs: no seam between modules, and exactly black.
        using var builder = new SKPathBuilder();
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                int first = column;
                while (column < Size && modules[row, column])
                {
                    column++;
                }

                if (column > first)
                {
                    builder.AddRect(new SKRect(x + (module * (quiet + first)), y + (module * (quiet + row)), x + (module * (quiet + column)), y + (module * (quiet + row + 1))));
                }
            }
        }

        using SKPath path = builder.Detach();
        paint.Color = SKColors.Black;
        canvas.DrawPath(path, paint);
    }

    private static QRCodeData Created(QRCodeGenerator generator, string text)
    {
        try
        {
            return generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        }
        catch (QRCoder.Exceptions.DataTooLongException exception)
        {
            throw new ArgumentException($"A text of {text.Length} characters fits no QR code.", nameof(text), exception);
        }
    }
}
