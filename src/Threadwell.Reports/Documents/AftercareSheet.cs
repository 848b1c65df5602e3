using System.Globalization;
using SkiaSharp;
using Threadwell.Care.Aftercare;
using Threadwell.Reports.Documents.Barcodes;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>The sheet of the first weeks: one side of A4 with what to do, what to leave, when to call, the number large, and a QR code to the check-in.</summary>
public static class AftercareSheet
{
    private const float LargestNumber = 27;
    private const float ColumnGap = 14;

    // By how much of its equal share a column may become wider or narrower.
    private const float LargestShift = 0.3f;

    private static readonly float CodeWidth = PageFrame.Mm(27);
    private static readonly float LargestModule = PageFrame.Mm(0.8f);

    private const float SmallestWithReasons = 8.5f;
    private const float LargestText = 10.5f;
    private const float SmallestText = 6.5f;
    private const float Step = 0.25f;

    /// <summary>Writes the sheet, as large as it fits one side; the reasons are left out where they would make it hard to read.</summary>
    /// <param name="facts">Language, clinic and time.</param>
    /// <param name="person">The patient.</param>
    /// <param name="plan">The aftercare.</param>
    /// <param name="checkIn">Web address at which the patient answers check-ins; null where there is none.</param>
    /// <exception cref="ArgumentException">It does not fit one side even in the smallest type, or the address fits no QR code.</exception>
    public static byte[] Write(DocumentFacts facts, PersonDetails person, AftercarePlan plan, Uri? checkIn)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(plan);
        string title = facts.Language.Text("after.title");
        foreach ((float textSize, bool reasons) in Settings())
        {
            var flow = new Flow(PageFrame.Sheet.BodyWidth, PageFrame.Sheet.BodyHeight, textSize);
            AddHead(flow, facts, person, plan, checkIn);
            AddBody(flow, facts.Language, plan, textSize, reasons);
            if (Pagination.Pages(flow.Pieces, PageFrame.Sheet.BodyHeight).Count == 1)
            {
                return SheetDocument.Write(facts, title, person, flow, PageFrame.Sheet);
            }
        }

        throw new ArgumentException("The aftercare does not fit one side of A4.", nameof(plan));
    }

    // From the most generous setting on: with the reasons while they leave the type large, then without them and smaller.
    private static IEnumerable<(float TextSize, bool Reasons)> Settings()
    {
        for (float size = LargestText; size >= SmallestWithReasons; size -= Step)
        {
            yield return (size, true);
        }

        for (float size = LargestText; size >= SmallestText; size -= Step)
        {
            yield return (size, false);
        }
    }

    private static void AddHead(Flow flow, DocumentFacts facts, PersonDetails person, AftercarePlan plan, Uri? checkIn)
    {
        if (checkIn is not null)
        {
            flow.Beside(text => AddPerson(text, facts, person, plan), Code(checkIn, facts.Language), CodeWidth);
        }
        else
        {
            AddPerson(flow, facts, person, plan);
        }
    }

    private static void AddBody(Flow flow, DocumentLanguage language, AftercarePlan plan, float textSize, bool reasons)
    {
        flow.Space(0.4f * textSize);
        flow.Add(Numbers(plan, language, flow.Width));
        flow.Space(0.3f * textSize);

        flow.Add(Columns(
            flow.Width,
            textSize,
            left =>
            {
                AddItems(left, language, "after.do", plan, AftercareKind.Do, reasons);
                AddItems(left, language, "after.know", plan, AftercareKind.Know, reasons);
            },
            right => AddItems(right, language, "after.avoid", plan, AftercareKind.Avoid, reasons)));
        flow.Add(new Piece(1, (canvas, x, y) => Shapes.Rule(canvas, x, y, flow.Width)));
        flow.Add(Columns(
            flow.Width,
            textSize,
            emergency => AddSigns(emergency, language, language.Text("after.emergency", plan.Ambulance), plan, SignLevel.Emergency),
            urgent => AddSigns(urgent, language, language.Text("after.urgent", plan.EmergencyPhone), plan, SignLevel.Urgent),
            tell =>
            {
                AddSigns(tell, language, language.Text("after.tell"), plan, SignLevel.TellUs);
                tell.Paragraph(language.Text("after.note"), tell.Small);
            }));
    }

    private static void AddPerson(Flow flow, DocumentFacts facts, PersonDetails person, AftercarePlan plan)
    {
        DocumentLanguage language = facts.Language;
        flow.Heading(language.Text("after.title"), 1);
        flow.Paragraph([new TextRun(person.FullName, Strong: true), new TextRun($" · {language.Text("document.born")} {language.Date(person.BirthDate)} · {person.RecordNumber}")], flow.Plain with { After = 0 });
        flow.Labelled(language.Text("after.treated"), $"{language.Date(plan.TreatedAt.Date)}, {plan.TreatedAt.LocalDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)}");
        flow.Labelled(language.Text("document.areas"), string.Join(", ", plan.Areas.Select(area => AreaWords.Name(area, language))));
        if (plan.EntryPoints.Count > 0)
        {
            flow.Labelled(language.Text("after.entries"), string.Join("; ", plan.EntryPoints));
        }

        if (facts.Clinic.Address.Length > 0)
        {
            flow.Paragraph($"{facts.Clinic.Name} · {facts.Clinic.Address}", flow.Small);
        }
    }

    private static Piece Code(Uri address, DocumentLanguage language)
    {
        Piece code = Barcode.Qr(address.AbsoluteUri).Piece(CodeWidth, LargestModule);
        var style = new TextStyle(7.5f);
        IReadOnlyList<TextLine> caption = TextLines.Break([new TextRun(language.Text("after.scan"))], style, CodeWidth);
        return new Piece(code.Height + (caption.Count * style.LineHeight), (canvas, x, y) =>
        {
            code.Draw(canvas, x, y);
            for (int line = 0; line < caption.Count; line++)
            {
                Shapes.Line(canvas, caption[line].Runs, style, x + (0.5f * (CodeWidth - caption[line].Width)), y + code.Height + (line * style.LineHeight));
            }
        });
    }

    // Both numbers in a thick frame: legible in black and white and from a distance.
    private static Piece Numbers(AftercarePlan plan, DocumentLanguage language, float width)
    {
        const float PadX = 10;
        var label = new TextStyle(9.5f);
        float clinicWidth = 0.66f * width;
        TextStyle clinic = Fitting(plan.EmergencyPhone, clinicWidth - (2 * PadX));
        TextStyle ambulance = Fitting(plan.Ambulance, width - clinicWidth - (2 * PadX));
        float numberTop = label.LineHeight + 1;
        float height = numberTop + (LargestNumber * TextStyle.LineHeightFactor) + 1;
        return new Piece(height, (canvas, x, y) =>
        {
            Shapes.Frame(canvas, x, y, width, height);
            Draw(language.Text("after.call"), plan.EmergencyPhone, clinic, x + PadX);
            Draw(language.Text("after.ambulance"), plan.Ambulance, ambulance, x + clinicWidth + PadX);

            void Draw(string what, string number, TextStyle style, float left)
            {
                Shapes.Line(canvas, [new TextRun(ComposedText.Of(what) + " ")], label, left, y + 3);
                Shapes.Line(canvas, [new TextRun(ComposedText.Of(number) + " ", Strong: true)], style, left, y + numberTop);
            }
        });
    }

    private static TextStyle Fitting(string number, float width)
    {
        var style = new TextStyle(LargestNumber, Strong: true);
        using SKFont font = style.Font(strong: true);
        return style with { Size = Math.Min(LargestNumber, LargestNumber * width / font.MeasureText(number)) };
    }

    // What ends together stands under one end.
    private static void AddItems(Flow flow, DocumentLanguage language, string heading, AftercarePlan plan, AftercareKind kind, bool reasons)
    {
        AftercareItem[] items = [.. plan.Items.Where(item => item.Kind == kind)];
        if (items.Length == 0)
        {
            return;
        }

        flow.Heading(language.Text(heading), 2);
        foreach (IGrouping<string, AftercareItem> together in items.GroupBy(item => item.Until.Says.In(language.Name), StringComparer.Ordinal))
        {
            string end = together.Key;
            flow.Paragraph($"{char.ToUpperInvariant(end[0])}{end[1..]}:", flow.Plain with { Strong = true, After = 0 });
            flow.List(together.Select(item => reasons ? $"{item.Says.In(language.Name)}. {item.Why.In(language.Name)}." : item.Says.In(language.Name)), after: 0.25f);
        }
    }

    private static void AddSigns(Flow flow, DocumentLanguage language, string heading, AftercarePlan plan, SignLevel level)
    {
        flow.Heading(heading, 3);
        flow.List(plan.Signs.Where(sign => sign.Level == level).Select(sign => sign.FromDay > 1 ? language.Text("after.from", sign.Says.In(language.Name), sign.FromDay) : sign.Says.In(language.Name)));
    }

    // Columns side by side, the one with more to say the wider, so that all end at about the same height.
    private static Piece Columns(float width, float textSize, params Action<Flow>[] write)
    {
        float equal = (width - ((write.Length - 1) * ColumnGap)) / write.Length;
        float[] heights = [.. write.Select(column => Height(Column(column, equal)))];
        float[] shares = [.. heights.Select(height => Math.Clamp(height / heights.Average(), 1 - LargestShift, 1 + LargestShift))];
        Flow[] columns = [.. write.Select((column, index) => Column(column, equal * shares[index] / shares.Average()))];
        return new Piece(columns.Max(Height), (canvas, x, y) =>
        {
            float left = x;
            foreach (Flow column in columns)
            {
                float top = y;
                foreach (Piece piece in column.Pieces)
                {
                    piece.Draw(canvas, left, top);
                    top += piece.Height;
                }

                left += column.Width + ColumnGap;
            }
        });

        Flow Column(Action<Flow> fill, float columnWidth)
        {
            var column = new Flow(columnWidth, PageFrame.Sheet.BodyHeight, textSize);
            fill(column);
            return column;
        }

        static float Height(Flow column) => column.Pieces.Sum(piece => piece.Height);
    }
}
