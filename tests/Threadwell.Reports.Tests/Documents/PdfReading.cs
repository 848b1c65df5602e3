using System.Diagnostics;
using SkiaSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;
using ZXing;
using ZXing.Common;

namespace Threadwell.Reports.Tests.Documents;

/// <summary>Reads PDF files back with readers that share nothing with what wrote them.</summary>
internal static class PdfReading
{
    /// <summary>Texts of the pages as the file's characters give them, in the order of the file.</summary>
    public static string[] Pages(byte[] pdf)
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(page => page.Text)];
    }

    /// <summary>The text of all pages.</summary>
    public static string Text(byte[] pdf) => string.Concat(Pages(pdf));

    /// <summary>Language named in the file's catalogue, and the title.</summary>
    public static (string? Language, string? Title, string? Made) Facts(byte[] pdf)
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        string? language = document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Lang, out StringToken token) ? token.Data : null;
        return (language, document.Information.Title, document.Information.CreationDate);
    }

    /// <summary>Every page with its letters, so that a test can look where they stand.</summary>
    public static void EachPage(byte[] pdf, Action<Page> look)
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        foreach (Page page in document.GetPages())
        {
            look(page);
        }
    }

    /// <summary>The barcode of a page, read by ZXing from the black shapes that the file itself holds.</summary>
    public static IReadOnlyList<Result> CodesFromShapes(byte[] pdf, int page)
    {
        const double PixelsPerPoint = 8;
        const int Border = 40;
        using PdfDocument document = PdfDocument.Open(pdf);
        PdfRectangle[] boxes = [.. document.GetPage(page).Paths
            .Where(path => path.IsFilled && path.FillColor?.ToRGBValues() is { r: 0, g: 0, b: 0 })
            .SelectMany(path => path)
            .Select(shape => shape.GetBoundingRectangle()!.Value)];
        Assert.NotEmpty(boxes);
        double left = boxes.Min(box => box.Left);
        double top = boxes.Max(box => box.Top);
        using var bitmap = new SKBitmap((2 * Border) + (int)(PixelsPerPoint * (boxes.Max(box => box.Right) - left)), (2 * Border) + (int)(PixelsPerPoint * (top - boxes.Min(box => box.Bottom))));
        bitmap.Erase(SKColors.White);
        using var canvas = new SKCanvas(bitmap);
        using var black = new SKPaint { Color = SKColors.Black };
        foreach (PdfRectangle box in boxes)
        {
            float x = Border + (float)(PixelsPerPoint * (box.Left - left));
            float y = Border + (float)(PixelsPerPoint * (top - box.Top));
            canvas.DrawRect(x, y, (float)(PixelsPerPoint * box.Width), (float)(PixelsPerPoint * box.Height), black);
        }

        return Decode(bitmap);
    }

    /// <summary>A page as PNG by Poppler at 300 dpi in grey; null where Poppler is not installed.</summary>
    public static byte[]? Rasterised(byte[] pdf, int page)
    {
        if (Installed("pdftoppm") is not { } program)
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("threadwell-pdf-").FullName;
        try
        {
            string file = Path.Combine(folder, "document.pdf");
            File.WriteAllBytes(file, pdf);
            Run(program, ["-r", "300", "-gray", "-png", "-singlefile", "-f", $"{page}", "-l", $"{page}", file, Path.Combine(folder, "page")]);
            return File.ReadAllBytes(Path.Combine(folder, "page.png"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a scanner program of Debian reads from a picture; null where it is not installed.</summary>
    /// <param name="program">"zbarimg" or "dmtxread".</param>
    /// <param name="arguments">Its arguments before the file.</param>
    /// <param name="png">The picture.</param>
    public static string? Scanned(string program, string[] arguments, byte[] png) => OnFile(program, arguments, png, []);

    /// <summary>Barcodes in a part of a picture, read by ZXing, which looks for a Data Matrix around the middle only.</summary>
    /// <param name="png">The picture.</param>
    /// <param name="part">The part, as shares of width and height.</param>
    public static IReadOnlyList<Result> Decode(byte[] png, SKRect part)
    {
        using SKBitmap bitmap = SKBitmap.Decode(png);
        using var cut = new SKBitmap();
        Assert.True(bitmap.ExtractSubset(cut, new SKRectI((int)(part.Left * bitmap.Width), (int)(part.Top * bitmap.Height), (int)(part.Right * bitmap.Width), (int)(part.Bottom * bitmap.Height))));
        return Decode(cut);
    }

    /// <summary>The text of a file by Poppler; null where it is not installed.</summary>
    public static string? TextByPoppler(byte[] pdf) => OnFile("pdftotext", ["-raw", "-enc", "UTF-8"], pdf, ["-"]);

    private static string? OnFile(string program, string[] arguments, byte[] bytes, string[] after)
    {
        if (Installed(program) is not { } path)
        {
            return null;
        }

        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            return Run(path, [.. arguments, file, .. after]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IReadOnlyList<Result> Decode(SKBitmap bitmap)
    {
        var luminance = new byte[bitmap.Width * bitmap.Height];
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                luminance[(y * bitmap.Width) + x] = bitmap.GetPixel(x, y).Green;
            }
        }

        var reader = new MultiFormatReader();
        var hints = new Dictionary<DecodeHintType, object>
        {
            [DecodeHintType.TRY_HARDER] = true,
            [DecodeHintType.POSSIBLE_FORMATS] = new List<BarcodeFormat> { BarcodeFormat.DATA_MATRIX, BarcodeFormat.QR_CODE },
        };
        var source = new PlanarYUVLuminanceSource(luminance, bitmap.Width, bitmap.Height, 0, 0, bitmap.Width, bitmap.Height, false);
        return reader.decode(new BinaryBitmap(new HybridBinarizer(source)), hints) is { } result ? [result] : [];
    }

    private static string? Installed(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
