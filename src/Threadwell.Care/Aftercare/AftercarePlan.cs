using System.Text.Json.Serialization;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Rules;
using Threadwell.Plans.Files;

namespace Threadwell.Care.Aftercare;

/// <summary>The aftercare of one treatment. It holds the words of its rules, so that it reads the same after they have changed.</summary>
public sealed record AftercarePlan
{
    /// <summary>Version of the file form that is written and read.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the file form.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Version of the rules that were used.</summary>
    public required int RulebookVersion { get; init; }

    /// <summary>Name of the treatment.</summary>
    public required string Treatment { get; init; }

    /// <summary>When the treatment ended, in the patient's time.</summary>
    [JsonConverter(typeof(OffsetDateTimeJson))]
    public required OffsetDateTime TreatedAt { get; init; }

    /// <summary>Time zone of the patient by its name in the IANA database ("Asia/Ho_Chi_Minh").</summary>
    public required string TimeZone { get; init; }

    /// <summary>Treated areas.</summary>
    public required IReadOnlyList<TreatmentArea> Areas { get; init; }

    /// <summary>Materials of the threads.</summary>
    public required IReadOnlyList<ThreadMaterial> Materials { get; init; }

    /// <summary>Where the entries are, in words.</summary>
    public required IReadOnlyList<string> EntryPoints { get; init; }

    /// <summary>Telephone number of the clinic that is answered day and night.</summary>
    public required string EmergencyPhone { get; init; }

    /// <summary>Number that calls an ambulance.</summary>
    public required string Ambulance { get; init; }

    /// <summary>What to do, to leave and to know, in the order of their ends, or of the earliest possible end; what has neither comes last.</summary>
    public required IReadOnlyList<AftercareItem> Items { get; init; }

    /// <summary>Days on which the patient is asked, called or seen, in order.</summary>
    public required IReadOnlyList<AftercareCheck> Checks { get; init; }

    /// <summary>Days after the treatment for which "usual, tell us, urgent" is shown.</summary>
    public required IReadOnlyList<int> GuideDays { get; init; }

    /// <summary>What may be noticed in the treated areas, each with its days.</summary>
    public required IReadOnlyList<CareSign> Signs { get; init; }

    /// <summary>What is usual, to be told or urgent on a day.</summary>
    /// <param name="day">Days after the treatment.</param>
    /// <param name="level">What to do about it.</param>
    public IReadOnlyList<CareSign> Guide(int day, SignLevel level) => [.. Signs.Where(sign => sign.Level == level && sign.IsOf(day))];

    /// <summary>The file form, UTF-8; the same aftercare gives the same bytes.</summary>
    public byte[] ToJson() => PlanJson.ToBytes(this);

    /// <summary>Reads the file form.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="Geometry.InvalidInputException">It is no such content.</exception>
    public static AftercarePlan Parse(ReadOnlySpan<byte> utf8, string source)
    {
        AftercarePlan plan = PlanJson.Parse<AftercarePlan>(utf8, source);
        new RuleFileProblem(source).Require(plan.SchemaVersion == CurrentVersion, "schemaVersion", $"version {plan.SchemaVersion} is not known; this program reads version {CurrentVersion}.");
        _ = AftercareZone.Find(plan.TimeZone, source, "timeZone");
        return plan;
    }
}

/// <summary>One thing to do, to leave or to know.</summary>
public sealed record AftercareItem
{
    /// <summary>Name within the aftercare: that of the rule, with the number of the medicine behind it ("medicines-2").</summary>
    public required string Id { get; init; }

    /// <summary>Id of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>What it asks.</summary>
    public required AftercareKind Kind { get; init; }

    /// <summary>What to do, to leave or to know.</summary>
    public required Wording Says { get; init; }

    /// <summary>Why.</summary>
    public required Wording Why { get; init; }

    /// <summary>From when.</summary>
    [JsonConverter(typeof(InstantJson))]
    public required Instant From { get; init; }

    /// <summary>Until when.</summary>
    public required AftercareUntil Until { get; init; }

    /// <summary>Evidence rows.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether it or its length rests on clinical judgement, because no source gives it.</summary>
    public required bool Judgement { get; init; }

    /// <summary>Whether the clinic set its length.</summary>
    public required bool SetByClinic { get; init; }

    /// <summary>Who ordered it; null where it is no medicine.</summary>
    public string? OrderedBy { get; init; }

    /// <summary>Whether it holds at an instant.</summary>
    public bool HoldsAt(Instant at) => at >= From && !(at >= Until.Ends);
}

/// <summary>Until when something holds.</summary>
public sealed record AftercareUntil
{
    /// <summary>How it ends.</summary>
    public required AftercareEnd End { get; init; }

    /// <summary>The day at whose end, or for nights in whose morning, it ends; null where it ends otherwise or nobody knows yet.</summary>
    [JsonConverter(typeof(LocalDateJson))]
    public LocalDate? Day { get; init; }

    /// <summary>First instant at which it no longer holds; null while nobody knows it.</summary>
    [JsonConverter(typeof(InstantJson))]
    public Instant? Ends { get; init; }

    /// <summary>For what ends when the entries have closed: the earliest end.</summary>
    [JsonConverter(typeof(InstantJson))]
    public Instant? NotBefore { get; init; }

    /// <summary>Until when, in words.</summary>
    public required Wording Says { get; init; }
}

/// <summary>A day on which the patient is asked, called or seen.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Date">The day.</param>
/// <param name="Day">Days after the treatment.</param>
/// <param name="Says">What happens.</param>
/// <param name="Why">Why.</param>
/// <param name="Sources">Evidence rows.</param>
/// <param name="Judgement">Whether the day rests on clinical judgement.</param>
public sealed record AftercareCheck(string Rule, [property: JsonConverter(typeof(LocalDateJson))] LocalDate Date, int Day, Wording Says, Wording Why, IReadOnlyList<string> Sources, bool Judgement);
