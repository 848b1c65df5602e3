using System.CommandLine;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Reports;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell evidence [NAME|ID]</c>: the numbers behind the model.</summary>
internal sealed class EvidenceCommand : Command
{
    public EvidenceCommand()
        : base("evidence", "Lists the numbers behind the model: all, those of an evidence row (E-069), or one by its name.")
    {
        var key = new Argument<string?>("name or id") { Arity = ArgumentArity.ZeroOrOne, Description = "A fact's name, the start of one, or an evidence id." };
        Add(key);
        SetAction(parsed =>
        {
            string? wanted = parsed.GetValue(key);
            if (wanted is null)
            {
                List(EvidenceCatalogue.All);
                foreach (EvidenceStatement row in EvidenceCatalogue.Statements)
                {
                    Console.Out.WriteLine($"{row.Id,-6}  {row.Statement}");
                }

                return;
            }

            Fact[] found = [.. EvidenceCatalogue.All.Where(fact => fact.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase) || fact.Name == wanted)];
            EvidenceStatement? statement = EvidenceCatalogue.FindStatement(wanted);
            if (found.Length > 0 || statement is not null)
            {
                if (statement is not null)
                {
                    Show(statement);
                }

                Array.ForEach(found, Show);
                return;
            }

            found = [.. EvidenceCatalogue.All.Where(fact => fact.Name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))];
            if (found.Length == 0)
            {
                throw new InvalidInputException(wanted, null, "the catalogue has no fact of that name or id; 'threadwell evidence' lists all.");
            }

            List(found);
        });
    }

    private static void List(IEnumerable<Fact> facts)
    {
        foreach (Fact fact in facts)
        {
            string range = EvidenceWords.Range(fact, DocumentLanguage.English);
            Console.Out.WriteLine(
                $"{fact.Id,-6}  {fact.Name,-58}  {EvidenceWords.WithUnit(fact.Value, fact.Unit, DocumentLanguage.English),-16}  {range,-24}  {EvidenceWords.Of(fact.Grade, DocumentLanguage.English)}");
        }
    }

    private static void Show(EvidenceStatement row)
    {
        Console.Out.WriteLine($"{row.Id}  ({row.Topic})");
        Console.Out.WriteLine($"  {row.Statement}");
        Console.Out.WriteLine($"  {EvidenceWords.Of(row.Grade, DocumentLanguage.English)}");
        Console.Out.WriteLine($"  conditions: {row.Conditions}");
        Console.Out.WriteLine($"  source: {row.Source}");
        Console.Out.WriteLine();
    }

    private static void Show(Fact fact)
    {
        Console.Out.WriteLine($"{fact.Name}  ({fact.Id}, {fact.Topic})");
        Console.Out.WriteLine($"  {fact.Quantity}");
        string range = EvidenceWords.Range(fact, DocumentLanguage.English);
        Console.Out.WriteLine($"  {EvidenceWords.WithUnit(fact.Value, fact.Unit, DocumentLanguage.English)}{(range.Length > 0 ? $"  [{range}]" : "")}  {EvidenceWords.Of(fact.Grade, DocumentLanguage.English)}");
        Console.Out.WriteLine($"  conditions: {fact.Conditions}");
        Console.Out.WriteLine($"  source: {fact.Source}");
        Console.Out.WriteLine();
    }
}
