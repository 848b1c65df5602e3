using SkiaSharp;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>
/// A document as it is written down: headings, paragraphs, lists, tables, pictures one below the other, broken into pieces for a width. Lengths in points.
/// </summary>
/// <param name="width">Width of the text.</param>
/// <param name="bodyHeight">Height of a page's body, which no picture and no uncut table row exceeds.</param>
/// <param name="textSize">Size of plain text.</param>
internal sealed class Flow(float width, float bodyHeight, float textSize = 10.5f)
{
    private readonly List<Piece> pieces = [];

    public float Width => width;

    public IReadOnlyList<Piece> Pieces => pieces;

    /// <summary>The style of plain text.</summary>
    public TextStyle Plain { get; } = new(textSize, After: 0.5f * textSize);

    /// <summary>The style of what matters less.</summary>
    public TextStyle Small { get; } = new(0.86f * textSize, Quiet: true, After: 0.4f * textSize);

    /// <summary>A heading: level 1 for the title, 2 for a section, 3 within it. It stays with what follows.</summary>
    public Flow Heading(string text, int level)
    {
        float size = textSize * (level == 1 ? 1.75f : level == 2 ? 1.25f : 1.05f);
        var style = new TextStyle(size, Strong: true);
        Space(level == 1 ? 0 : size * 0.55f);
        AddLines(TextLines.Break([new TextRun(text)], style, width), style, 0, keepAll: true);
        pieces.Add(Piece.Space(0.25f * size) with { KeepWithNext = true });
        return this;
    }

    public Flow Paragraph(string text, TextStyle? style = null) => Paragraph([new TextRun(text)], style);

    public Flow Paragraph(IReadOnlyList<TextRun> runs, TextStyle? style = null)
    {
        style ??= Plain;
        AddLines(TextLines.Break(runs, style, width), style, 0, keepAll: false);
        return Space(style.After);
    }

    /// <summary>A label and its value: "Lot: AB12", the label in grey weight, the value strong.</summary>
    public Flow Labelled(string label, string value, TextStyle? style = null) => Paragraph([new TextRun(label + ": "), new TextRun(value, Strong: true)], style ?? Plain with { After = 0 });

    /// <summary>A list.</summary>
    /// <param name="items">Its items.</param>
    /// <param name="ordered">Whether they are numbered.</param>
    /// <param name="after">Space below, as a share of the size of type.</param>
    public Flow List(IEnumerable<string> items, bool ordered = false, float after = 0.5f)
    {
        float indent = textSize * (ordered ? 1.9f : 1.3f);
        int number = 0;
        foreach (string item in items)
        {
            number++;
            AddMarked(ordered ? number + "." : "•", [new TextRun(item)], indent);
        }

        return Space(after * textSize);
    }

    /// <summary>Items with a box to tick before each.</summary>
    public Flow CheckBoxes(IEnumerable<string> items)
    {
        float indent = textSize * 1.9f;
        foreach (string item in items)
        {
            int first = pieces.Count;
            AddMarked("", [new TextRun(item)], indent);
            Piece line = pieces[first];
            pieces[first] = line with
            {
                Draw = (canvas, x, y) =>
                {
                    Shapes.Box(canvas, x, y + (0.5f * (Plain.LineHeight - textSize)), textSize);
                    line.Draw(canvas, x, y);
                },
            };
        }

        return Space(Plain.After);
    }

    public Flow Table(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        pieces.AddRange(TableLayout.Pieces(columns, rows, width, bodyHeight, 0.9f * textSize));
        return Space(Plain.After + (0.3f * textSize));
    }

    /// <summary>A picture of PNG or JPEG bytes with a caption, as wide as a share of the text and never higher than fits a page with its caption.</summary>
    /// <exception cref="ArgumentException">The bytes are no picture.</exception>
    public Flow Picture(byte[] bytes, string caption, float widthShare = 1)
    {
        SKImage image = SKImage.FromEncodedData(bytes) ?? throw new ArgumentException("The bytes of a picture are neither PNG nor JPEG.", nameof(bytes));
        IReadOnlyList<TextLine> lines = TextLines.Break([new TextRun(caption)], Small, width);
        float room = bodyHeight - ((lines.Count + 1) * Small.LineHeight);
        float drawnWidth = Math.Min(widthShare * width, room * image.Width / image.Height);
        float drawnHeight = drawnWidth * image.Height / image.Width;
        pieces.Add(new Piece(drawnHeight + (0.3f * textSize), (canvas, x, y) => canvas.DrawImage(image, new SKRect(x, y, x + drawnWidth, y + drawnHeight), new SKSamplingOptions(SKCubicResampler.Mitchell))) { KeepWithNext = true });
        AddLines(lines, Small, 0, keepAll: true, keepLast: false);
        return Space(Plain.After);
    }

    /// <summary>A line to sign on, with what belongs on it written below.</summary>
    public Flow SignatureLine(string label)
    {
        float line = Math.Min(width, 0.62f * PageFrame.A4.BodyWidth);
        pieces.Add(new Piece(PageFrame.Mm(13), (canvas, x, y) => Shapes.Rule(canvas, x, y + PageFrame.Mm(12), line)) { KeepWithNext = true });
        return Paragraph(label, Small);
    }

    /// <summary>Text with a drawing to the right of its beginning. The drawing stays beside it on one page.</summary>
    /// <param name="left">Writes the text, in the width that is left for it.</param>
    /// <param name="right">The drawing.</param>
    /// <param name="rightWidth">Width of the drawing.</param>
    public Flow Beside(Action<Flow> left, Piece right, float rightWidth)
    {
        float gap = 0.6f * textSize;
        var text = new Flow(width - rightWidth - gap, bodyHeight, textSize);
        left(text);
        float beside = 0;
        for (int index = 0; index < text.Pieces.Count; index++)
        {
            Piece piece = text.Pieces[index];
            bool last = index == text.Pieces.Count - 1;
            float rest = last ? Math.Max(0, right.Height - beside - piece.Height) : 0;
            beside += piece.Height;
            pieces.Add(new Piece(piece.Height + rest, index > 0 ? piece.Draw : (canvas, x, y) =>
            {
                piece.Draw(canvas, x, y);
                right.Draw(canvas, x + width - rightWidth, y);
            })
            {
                KeepWithNext = !last && (piece.KeepWithNext || beside < 0.95f * bodyHeight),
            });
        }

        return this;
    }

    /// <summary>A strip that is drawn by its own means.</summary>
    public void Add(Piece piece) => pieces.Add(piece);

    /// <summary>Lets what follows begin on a new page.</summary>
    public Flow EndPage()
    {
        pieces.Add(Piece.Space(0) with { EndsPage = true });
        return this;
    }

    public Flow Space(float height)
    {
        if (height > 0)
        {
            pieces.Add(Piece.Space(height));
        }

        return this;
    }

    private void AddMarked(string mark, IReadOnlyList<TextRun> runs, float indent)
    {
        int first = pieces.Count;
        AddLines(TextLines.Break(runs, Plain, width - indent), Plain, indent, keepAll: false);
        Piece line = pieces[first];
        pieces[first] = line with
        {
            Draw = (canvas, x, y) =>
            {
                if (mark.Length > 0)
                {
                    Shapes.Line(canvas, [new TextRun(mark + " ")], Plain, x, y);
                }

                line.Draw(canvas, x, y);
            },
        };
        pieces.Add(Piece.Space(0.15f * textSize));
    }

    // The first two and the last two lines of a paragraph stay together.
    private void AddLines(IReadOnlyList<TextLine> lines, TextStyle style, float indent, bool keepAll, bool keepLast = true)
    {
        for (int index = 0; index < lines.Count; index++)
        {
            TextLine line = lines[index];
            bool last = index == lines.Count - 1;
            pieces.Add(new Piece(style.LineHeight, (canvas, x, y) => Shapes.Line(canvas, line.Runs, style, x + indent, y))
            {
                KeepWithNext = keepAll ? keepLast || !last : !last && (index == 0 || index == lines.Count - 2),
            });
        }
    }
}
