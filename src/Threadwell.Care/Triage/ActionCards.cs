using Threadwell.Care.Rules;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Care.Triage;

/// <summary>What a clinician does about one thing, on one page.</summary>
public sealed record ActionCard
{
    /// <summary>Name, by which rules of triage refer to it ("exposedThread").</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required Wording Title { get; init; }

    /// <summary>What the patient is told meanwhile; null for nothing of its own.</summary>
    public Wording? Patient { get; init; }

    /// <summary>Steps in order.</summary>
    public required IReadOnlyList<ActionStep> Steps { get; init; }

    /// <summary>Evidence rows behind it.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether it rests on clinical judgement, alone or beside its sources.</summary>
    public required bool Judgement { get; init; }
}

/// <summary>A step of a card.</summary>
/// <param name="Clock">By when.</param>
/// <param name="Owner">Who.</param>
/// <param name="Text">What.</param>
public sealed record ActionStep(Wording Clock, ActionOwner Owner, Wording Text);

/// <summary>The cards of one version. Doses are not on them: they are in the clinic's posted protocol.</summary>
public sealed class ActionCards
{
    private const int SchemaVersion = 1;

    private static readonly Lazy<ActionCards> Embedded = new(() => Parse(TriageFile.Resource("cards.json"), "cards.json"));

    private ActionCards(CardsContent content) => (Version, Title, All) = (content.Version, content.Title, content.Cards);

    /// <summary>The cards that the product ships; a clinic's responsible doctor signs them off before use.</summary>
    public static ActionCards Shipped => Embedded.Value;

    /// <summary>Number of the version.</summary>
    public int Version { get; }

    /// <summary>What they are.</summary>
    public Wording Title { get; }

    /// <summary>All cards, in order.</summary>
    public IReadOnlyList<ActionCard> All { get; }

    /// <summary>The card of an id; null where there is none.</summary>
    public ActionCard? Find(string id) => All.FirstOrDefault(card => card.Id == id);

    /// <summary>Reads the content of a file of cards.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It does not hold together; the message names the place.</exception>
    public static ActionCards Parse(ReadOnlySpan<byte> utf8, string source)
    {
        CardsContent content = PlanJson.Parse<CardsContent>(utf8, source);
        var problem = new RuleFileProblem(source);
        problem.Require(content.SchemaVersion == SchemaVersion, "schemaVersion", $"version {content.SchemaVersion} is not known; this program reads version {SchemaVersion}.");
        problem.Require(content.Version >= 1, "version", "a whole number from 1 is needed.");
        problem.RequireText(content.Title, "title");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < content.Cards.Count; index++)
        {
            ActionCard card = content.Cards[index];
            string place = $"cards[{index}]";
            problem.RequireId(card.Id, $"{place}.id");
            problem.Require(ids.Add(card.Id), $"{place}.id", $"'{card.Id}' is used twice.");
            problem.RequireText(card.Title, $"{place}.title");
            problem.RequireText(card.Patient, $"{place}.patient");
            problem.Require(card.Steps.Count is >= 1 and <= 20, $"{place}.steps", "1 to 20 steps are needed.");
            for (int step = 0; step < card.Steps.Count; step++)
            {
                problem.RequireText(card.Steps[step].Clock, $"{place}.steps[{step}].clock");
                problem.RequireText(card.Steps[step].Text, $"{place}.steps[{step}].text");
            }

            TriageFile.CheckSources(problem, card.Sources, card.Judgement, place);
        }

        return new ActionCards(content);
    }

    /// <summary>The cards as their file holds them.</summary>
    private sealed record CardsContent(int SchemaVersion, int Version, Wording Title, IReadOnlyList<ActionCard> Cards);
}
