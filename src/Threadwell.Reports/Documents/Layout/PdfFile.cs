using NodaTime;
using SkiaSharp;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>Writes the pages of a document as a PDF file. The same pages and the same time give the same bytes.</summary>
internal static class PdfFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="title">Title of the file, shown by readers in place of its name.</param>
    /// <param name="language">Language of the text as a tag, "en" or "vi".</param>
    /// <param name="made">When the document was made.</param>
    /// <param name="frame">The sheet.</param>
    /// <param name="pieces">The text.</param>
    /// <param name="decorate">Draws head and foot of a page: canvas, number of the page from 1, number of pages.</param>
    public static byte[] Write(string title, string language, Instant made, PageFrame frame, IReadOnlyList<Piece> pieces, Action<SKCanvas, int, int> decorate)
    {
        IReadOnlyList<IReadOnlyList<(Piece Piece, float Top)>> pages = Pagination.Pages(pieces, frame.BodyHeight);
        var metadata = new SKDocumentPdfMetadata
        {
            Title = ComposedText.Of(title),
            Creator = "Threadwell",
            Producer = "Threadwell",
            Creation = made.ToDateTimeUtc(),
            Modified = made.ToDateTimeUtc(),
            RasterDpi = 300,

            // Pictures keep every pixel: above 100 they are stored without loss.
            EncodingQuality = 101,
        };
        using var bytes = new MemoryStream();
        using (SKDocument document = SKDocument.CreatePdf(bytes, metadata))
        {
            for (int page = 0; page < pages.Count; page++)
            {
                SKCanvas canvas = document.BeginPage(frame.Width, frame.Height);
                decorate(canvas, page + 1, pages.Count);
                foreach ((Piece piece, float top) in pages[page])
                {
                    piece.Draw(canvas, frame.Margin, frame.BodyTop + top);
                }

                document.EndPage();
            }

            document.Close();
        }

        return PdfLanguage.Set(bytes.ToArray(), language);
    }
}
