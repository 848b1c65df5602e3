using NodaTime;
using Threadwell.Biology;
using Threadwell.Care.Rules;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Care.Aftercare;

/// <summary>Makes the aftercare of a treatment from its facts and the rules: a pure function.</summary>
public static class AftercareGenerator
{
    private const int MostMedicines = 20;

    // Orders may begin before the treatment (an antibiotic of the day before) and within the first weeks.
    private const int EarliestOrderDays = -14;
    private const int LatestOrderDays = 90;

    /// <summary>When a night is over: a definition that no sleeper outlasts, not a number of medicine.</summary>
    private static readonly LocalTime NightIsOver = LocalTime.Noon;

    /// <summary>Makes the aftercare.</summary>
    /// <param name="rulebook">The rules.</param>
    /// <param name="facts">The treatment.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">A fact cannot be used: a length below the minimum of its rule, a medicine against an allergy; the message names the place.</exception>
    public static AftercarePlan Generate(AftercareRulebook rulebook, TreatmentFacts facts, string source = "treatment")
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(facts);
        Check(rulebook, facts, new RuleFileProblem(source));
        OffsetDateTime treated = facts.TreatedAt.InZone(facts.Zone).ToOffsetDateTime();
        AftercareRule[] rules = [.. rulebook.Rules.Where(rule => Applies(rule, facts))];
        IEnumerable<AftercareItem> items = rules.SelectMany(rule => rule.Until.End == AftercareEnd.Ordered
            ? facts.Medicines.Select((order, index) => Medicine(rule, order, index, facts, treated.Date))
            : [Item(rule, facts, treated.Date)]);
        return new AftercarePlan
        {
            SchemaVersion = AftercarePlan.CurrentVersion,
            RulebookVersion = rulebook.Version,
            Treatment = facts.Treatment,
            TreatedAt = treated,
            TimeZone = facts.Zone.Id,
            Areas = facts.Areas,
            Materials = facts.Materials,
            EntryPoints = facts.EntryPoints,
            EmergencyPhone = facts.EmergencyPhone,
            Ambulance = facts.Ambulance,

            Items = [.. items.OrderBy(item => item.Until.Ends ?? item.Until.NotBefore ?? Instant.MaxValue)],
            Checks = [.. rulebook.Checks.SelectMany(check => Days(check, treated.Date)).OrderBy(check => check.Date)],
            GuideDays = rulebook.GuideDays,
            Signs = [.. rulebook.Signs.Where(sign => sign.Areas is null || sign.Areas.Any(facts.Areas.Contains))],
        };
    }

    private static bool Applies(AftercareRule rule, TreatmentFacts facts) =>
        rule.Areas.Any(facts.Areas.Contains) && (rule.Helmet is null || rule.Helmet.Contains(facts.Helmet));

    private static AftercareItem Item(AftercareRule rule, TreatmentFacts facts, LocalDate treated)
    {
        int? length = facts.Durations.TryGetValue(rule.Id, out int set) ? set : rule.Until.Length;
        bool given = rule.Until.Length == length || (rule.Range is { } range && length >= range.Low && length <= range.High);
        return new AftercareItem
        {
            Id = rule.Id,
            Rule = rule.Id,
            Kind = rule.Kind,
            Says = rule.Says,
            Why = rule.Why,
            From = facts.TreatedAt,
            Until = Until(rule, length ?? 0, facts, treated),
            Sources = rule.Until.End == AftercareEnd.Dissolved
                ? [.. rule.Sources.Concat(facts.Materials.Select(Dissolving).OfType<Fact>().Select(fact => fact.Id)).Distinct(StringComparer.Ordinal)]
                : rule.Sources,
            Judgement = rule.Judgement || !given,
            SetByClinic = length != rule.Until.Length,
        };
    }

    private static AftercareUntil Until(AftercareRule rule, int length, TreatmentFacts facts, LocalDate treated)
    {
        DateTimeZone zone = facts.Zone;
        LocalDate day = treated.PlusDays(length);
        Instant hours = facts.TreatedAt + Duration.FromHours(length);
        Instant? settled = facts.Settled.TryGetValue(rule.Id, out LocalDate found) ? zone.AtStartOfDay(found).ToInstant() : null;
        LocalDateTime Local(Instant instant) => instant.InZone(zone).LocalDateTime;
        switch (rule.Until.End)
        {
            case AftercareEnd.Hours:
                return new AftercareUntil { End = AftercareEnd.Hours, Ends = hours, Says = UntilWords.At(Local(hours)) };
            case AftercareEnd.Days:
                return EndOf(AftercareEnd.Days, day, zone);
            case AftercareEnd.Nights:
                return new AftercareUntil { End = AftercareEnd.Nights, Day = day, Ends = zone.AtLeniently(day + NightIsOver).ToInstant(), Says = UntilWords.MorningOf(day) };
            case AftercareEnd.Closed:
                Instant? closed = settled is { } seen ? Instant.Max(seen, hours) : null;
                return new AftercareUntil { End = AftercareEnd.Closed, Ends = closed, NotBefore = hours, Says = closed is { } at ? UntilWords.At(Local(at)) : UntilWords.Closed(Local(hours)) };
            case AftercareEnd.DoctorAgrees:
                return new AftercareUntil { End = AftercareEnd.DoctorAgrees, Ends = settled, Says = settled is { } agreed ? UntilWords.At(Local(agreed)) : UntilWords.DoctorAgrees };
            case AftercareEnd.Dissolved:
                LocalDate? dissolved = Dissolved(facts.Materials, treated);
                return dissolved is { } last ? EndOf(AftercareEnd.Dissolved, last, zone) with { Says = UntilWords.Dissolved(last) }
                    : new AftercareUntil { End = AftercareEnd.Dissolved, Says = UntilWords.Dissolved(null) };
            default:
                return new AftercareUntil { End = rule.Until.End, Says = UntilWords.Always };
        }
    }

    private static AftercareUntil EndOf(AftercareEnd end, LocalDate day, DateTimeZone zone) =>
        new() { End = end, Day = day, Ends = zone.AtStartOfDay(day.PlusDays(1)).ToInstant(), Says = UntilWords.EndOf(day) };

    private static AftercareItem Medicine(AftercareRule rule, MedicineOrder order, int index, TreatmentFacts facts, LocalDate treated)
    {
        LocalDate from = order.From ?? treated;
        string says = $"{order.Name}: {order.Dose}";
        return new AftercareItem
        {
            Id = FormattableString.Invariant($"{rule.Id}-{index + 1}"),
            Rule = rule.Id,
            Kind = rule.Kind,
            Says = new Wording(says, says),
            Why = rule.Why,
            From = order.From is null ? facts.TreatedAt : facts.Zone.AtStartOfDay(from).ToInstant(),
            Until = EndOf(AftercareEnd.Ordered, from.PlusDays(order.Days - 1), facts.Zone),
            Sources = rule.Sources,
            Judgement = rule.Judgement,
            SetByClinic = false,
            OrderedBy = order.OrderedBy,
        };
    }

    // The last of the materials; null where one of them has no published longest time.
    private static LocalDate? Dissolved(IReadOnlyList<ThreadMaterial> materials, LocalDate treated)
    {
        double?[] months = [.. materials.Select(material => Dissolving(material)?.High)];
        return months.Contains(null) ? null : treated.PlusMonths((int)Math.Ceiling(months.Max()!.Value));
    }

    private static Fact? Dissolving(ThreadMaterial material) => material switch
    {
        ThreadMaterial.Pdo => EvidenceCatalogue.Get("outcome.dissolving-pdo"),
        ThreadMaterial.Plla => EvidenceCatalogue.Get("outcome.dissolving-plla"),
        ThreadMaterial.Pcl => EvidenceCatalogue.Get("outcome.dissolving-pcl"),
        _ => null,
    };

    private static IEnumerable<AftercareCheck> Days(CheckRule check, LocalDate treated) =>
        check.Days.Select(days => treated.PlusDays(days)).Concat(check.Months.Select(months => treated.PlusMonths(months))).Distinct()
            .Select(date => new AftercareCheck(check.Id, date, Period.DaysBetween(treated, date), check.Says, check.Why, check.Sources, check.Judgement));

    private static void Check(AftercareRulebook rulebook, TreatmentFacts facts, RuleFileProblem problem)
    {
        // Whoever is told when to call must be able to.
        problem.Require(TreatmentFacts.IsTelephone(facts.EmergencyPhone), "emergencyPhone", TreatmentFacts.TelephoneForm);
        problem.Require(TreatmentFacts.IsTelephone(facts.Ambulance), "ambulance", TreatmentFacts.TelephoneForm);
        problem.Require(facts.Areas.Count > 0 && facts.Areas.Distinct().Count() == facts.Areas.Count, "areas", "at least one area is needed, each once.");
        problem.Require(facts.Materials.Count > 0 && facts.Materials.Distinct().Count() == facts.Materials.Count, "materials", "at least one material is needed, each once.");
        foreach ((string id, int length) in facts.Durations.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string place = $"durations.{id}";
            AftercareRule? rule = rulebook.Find(id);
            problem.Require(rule is not null, place, "there is no such rule.");
            problem.Require(rule!.Minimum is not null, place, "this rule is not counted in hours, days or nights; it has no length.");
            string unit = rule.Until.End switch { AftercareEnd.Days => "days", AftercareEnd.Nights => "nights", _ => "hours" };
            problem.Require(length >= rule.Minimum!.Length, place, $"{length} is too short: a clinic may lengthen this rule, and never set it below {rule.Minimum.Length} ({unit}).");
            problem.Require(length <= AftercareRulebookFile.Longest(rule.Until.End), place, $"{length} is too long: at most {AftercareRulebookFile.Longest(rule.Until.End)} ({unit}) are possible.");
        }

        LocalDate treated = facts.TreatedAt.InZone(facts.Zone).Date;
        foreach ((string id, LocalDate day) in facts.Settled.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string place = $"settled.{id}";
            AftercareRule? rule = rulebook.Find(id);
            problem.Require(rule is not null, place, "there is no such rule.");
            problem.Require(rule!.Until.End is AftercareEnd.Closed or AftercareEnd.DoctorAgrees, place, "this rule ends by itself; only what ends with closed entries or with the doctor's word is settled.");
            problem.Require(day >= treated, place, "it lies before the treatment.");
        }

        Medicines(rulebook, facts, treated, problem);
    }

    private static void Medicines(AftercareRulebook rulebook, TreatmentFacts facts, LocalDate treated, RuleFileProblem problem)
    {
        problem.Require(facts.Medicines.Count <= MostMedicines, "medicines", $"at most {MostMedicines} are possible.");
        problem.Require(facts.Medicines.Count == 0 || facts.Allergies is not null, "allergies", "nobody asked for them; medicines need the answer, an empty list where none is known.");
        for (int index = 0; index < facts.Medicines.Count; index++)
        {
            MedicineOrder order = facts.Medicines[index];
            string place = $"medicines[{index}]";
            problem.Require(order.Ingredients.Count > 0, $"{place}.ingredients", "at least one active substance is needed; allergies are checked against it.");
            problem.Require(order.Days is >= 1 and <= MedicineOrder.LongestDays, $"{place}.days", $"1 to {MedicineOrder.LongestDays} days are possible.");
            problem.Require(order.From is not { } from || Period.DaysBetween(treated, from) is >= EarliestOrderDays and <= LatestOrderDays, $"{place}.from", $"it lies more than {-EarliestOrderDays} days before or {LatestOrderDays} days after the treatment.");
            string? conflict = AllergyCheck.Conflict(order, facts.Allergies!, rulebook.DrugFamilies);
            problem.Require(conflict is null, place, conflict ?? "");
        }
    }
}
