using Threadwell.Care.Rules;

namespace Threadwell.Care.Aftercare;

/// <summary>The rules of aftercare in one version, as <see cref="AftercareRulebookFile"/> reads and checks them. It does not change.</summary>
public sealed record AftercareRulebook
{
    /// <summary>Version of the file form; 1 now.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Number of the version, counted up with each change; 1 as it is shipped.</summary>
    public required int Version { get; init; }

    /// <summary>What the rulebook is.</summary>
    public required Wording Title { get; init; }

    /// <summary>The rules, in the order in which those with the same end are shown.</summary>
    public required IReadOnlyList<AftercareRule> Rules { get; init; }

    /// <summary>Days on which the patient is asked, called or seen.</summary>
    public required IReadOnlyList<CheckRule> Checks { get; init; }

    /// <summary>Days after the treatment for which "usual, tell us, urgent" is shown.</summary>
    public required IReadOnlyList<int> GuideDays { get; init; }

    /// <summary>What is usual, what the clinic wants to know, what is urgent.</summary>
    public required IReadOnlyList<CareSign> Signs { get; init; }

    /// <summary>Families of drugs, against which allergies are checked. General pharmacology: the responsible doctor signs it off with the rules.</summary>
    public required IReadOnlyList<DrugFamily> DrugFamilies { get; init; }

    /// <summary>The rule of an id; null where there is none.</summary>
    public AftercareRule? Find(string id) => Rules.FirstOrDefault(rule => rule.Id == id);
}
