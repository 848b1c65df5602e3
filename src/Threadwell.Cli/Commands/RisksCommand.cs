using System.CommandLine;
using Spectre.Console;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Risks;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Reports;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell risks [PLAN]</c>: published rates of complications for a case, with intervals; what is unknown is said.</summary>
internal sealed class RisksCommand : Command
{
    private const int WidthInFile = 140;
    private const double YoungestYears = 18;
    private const double OldestYears = 110;

    public RisksCommand()
        : base("risks", "Tells what was published of complications for a plan or a case: ranges with their sources, never one person's odds.")
    {
        var plan = new Argument<string?>("plan") { Arity = ArgumentArity.ZeroOrOne, Description = "A plan, JSON: its area, material, anchors and age hold where no option says otherwise." };
        Option<Word<TreatmentArea?>> area = TypedOptions.Word<TreatmentArea?>("--area", "Treated area.", null, [.. AreaIndication.ByName.Select(known => (known.Key, (TreatmentArea?)known.Value))]);
        Option<Word<ThreadMaterial?>> material = TypedOptions.Word<ThreadMaterial?>("--material", "Polymer of the threads.", null, [.. Enum.GetValues<ThreadMaterial>().Select(known => (PlanWords.Of(known), (ThreadMaterial?)known))]);
        Option<Word<AnchorKind?>> anchor = TypedOptions.Word<AnchorKind?>("--anchor", "How the threads are held.", null, ("self-anchored", AnchorKind.SelfAnchored), ("fixed", AnchorKind.Fixed));
        Option<double> age = TypedOptions.Number("--age", "Age; both sides of 50 are told where it is left out.", YoungestYears, OldestYears, "years");
        Option<Word<string>> language = TypedOptions.Word("--language", "Language of the text.", "en", ("en", "en"), ("vi", "vi"));
        var json = new Option<bool>("--json") { Description = "Write rates, intervals and differences as JSON." };
        Add(plan);
        Add(area);
        Add(material);
        Add(anchor);
        Add(age);
        Add(language);
        Add(json);
        SetAction(parsed =>
        {
            ComplicationCase planned = parsed.GetValue(plan) is { } path ? ComplicationCase.Of(PlanFile.Read(path)) : ComplicationCase.Unknown;
            ComplicationCase which = planned with
            {
                Area = parsed.GetValue(area).Value ?? planned.Area,
                Material = parsed.GetValue(material).Value ?? planned.Material,
                Anchor = parsed.GetValue(anchor).Value ?? planned.Anchor,
                AgeYears = parsed.GetResult(age) is null ? planned.AgeYears : parsed.GetValue(age),
            };
            if (parsed.GetValue(json))
            {
                Console.Out.Write(System.Text.Encoding.UTF8.GetString(PlanJson.ToBytes(ComplicationModel.Of(which))));
                return;
            }

            foreach (DocumentBlock block in RiskSection.Blocks(which, null, DocumentLanguage.Of(parsed.GetValue(language).Value)))
            {
                Write(block);
            }
        });
    }

    private static void Write(DocumentBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                Console.Out.WriteLine(paragraph.Text);
                break;
            case ListBlock list:
                foreach (string item in list.Items)
                {
                    Console.Out.WriteLine("  - " + item);
                }

                Console.Out.WriteLine();
                break;
            case TableBlock rows:
                Table table = ConsoleTable.New([.. rows.Headings]);
                foreach (IReadOnlyList<string> row in rows.Rows)
                {
                    table.AddRow([.. row.Select(Markup.Escape)]);
                }

                ConsoleTable.Write(table, WidthInFile);
                break;
            default:
                throw new InvalidOperationException($"A {block.GetType().Name} has no form in the terminal.");
        }
    }
}
