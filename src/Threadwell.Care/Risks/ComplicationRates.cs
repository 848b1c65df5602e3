using System.Collections.Immutable;
using Threadwell.Care.Rules;
using Threadwell.Evidence;

namespace Threadwell.Care.Risks;

/// <summary>What kind of numbers stand behind a complication. The kinds are never mixed in one range.</summary>
public enum RateBasis
{
    /// <summary>Rates of absorbable threads: single series, or pooled over studies of absorbable ones.</summary>
    AbsorbableThreads,

    /// <summary>Pooled over studies of absorbable and other threads together; shown as such.</summary>
    MixedThreads,

    /// <summary>Reported in cases or among referred patients: how often it happens is not known, and no rate is shown.</summary>
    ReportedFrequencyUnknown,
}

/// <summary>One complication with what is known of its rate.</summary>
public sealed record ComplicationRate
{
    /// <summary>Name that does not change ("infection").</summary>
    public required string Id { get; init; }

    /// <summary>Its name, in plain words.</summary>
    public required Wording Name { get; init; }

    /// <summary>What kind of numbers stand behind it.</summary>
    public required RateBasis Basis { get; init; }

    /// <summary>The rates, one a source; empty where the frequency is unknown.</summary>
    public required ImmutableArray<Fact> Rates { get; init; }

    /// <summary>Evidence rows.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Lowest published rate, patients in 100; null where the frequency is unknown.</summary>
    public double? LowestPercent => Rates.IsEmpty ? null : Rates.Min(rate => rate.Value);

    /// <summary>Highest published rate, patients in 100; equal to the lowest where there is one source.</summary>
    public double? HighestPercent => Rates.IsEmpty ? null : Rates.Max(rate => rate.Value);
}

/// <summary>The complications that a consent tells of, with their published rates.</summary>
public static class ComplicationRates
{
    /// <summary>All complications, those of absorbable threads first.</summary>
    public static IReadOnlyList<ComplicationRate> All { get; } =
    [
        Absorbable("any", "any complication", "biến chứng bất kỳ", "complication-rate.any.pdo", "complication-rate.any.pdo-anchored"),
        Absorbable("swelling-lasting", "swelling that lasts", "sưng kéo dài", "complication-rate.swelling-lasting.looping"),
        Absorbable("knots", "knots that can be felt", "sờ thấy nút chỉ", "complication-rate.knots.looping"),
        Absorbable("displacement", "a thread that moves towards the skin", "chỉ di lệch ra nông", "complication-rate.displacement.pdo"),
        Absorbable("redness", "redness", "đỏ da", "complication-rate.redness.pdo"),
        Absorbable("dimpling", "dimples", "lõm da", "complication-rate.dimpling.pdo", "complication-rate.dimpling.pdo-anchored", "complication-rate.dimpling.looping"),
        Absorbable("infection", "infection", "nhiễm trùng", "complication-rate.infection.pdo"),
        Absorbable("asymmetry", "unlike sides", "mất cân đối hai bên", "complication-rate.asymmetry.pdo-anchored", "complication-rate.asymmetry.looping"),
        Absorbable("exposure", "a thread that comes out", "chỉ lộ hoặc trồi ra", "complication-rate.exposure.absorbable-pooled", "complication-rate.exposure.pdo-anchored"),
        Absorbable("numbness", "numbness or tingling", "tê hoặc châm chích", "complication-rate.numbness.absorbable-pooled"),
        Absorbable("hair-loss", "loss of hair at an entry", "rụng tóc ở điểm vào", "complication-rate.hair-loss.pdo-anchored"),
        Absorbable("too-little", "too little lift", "nâng chưa đủ", "complication-rate.too-little.pdo-anchored"),
        Absorbable("stiffness", "stiffness", "cứng", "complication-rate.stiffness.pdo"),
        Absorbable("parotid", "injury of the parotid gland", "tổn thương tuyến mang tai", "complication-rate.parotid.pdo-anchored"),
        Mixed("swelling-mixed", "swelling", "sưng", "complication-rate.swelling.mixed-niu", "complication-rate.swelling.mixed-zhou"),
        Mixed("bruising-mixed", "bruising", "bầm tím", "complication-rate.bruising.mixed-zhou"),
        Mixed("pain-mixed", "pain", "đau", "complication-rate.pain.mixed-zhou"),
        Mixed("dimpling-mixed", "dimples or unlike sides", "lõm da hoặc mất cân đối", "complication-rate.dimpling.mixed-niu", "complication-rate.dimpling.mixed-zhou"),
        Mixed("numbness-mixed", "numbness or tingling", "tê hoặc châm chích", "complication-rate.numbness.mixed-niu", "complication-rate.numbness.mixed-zhou"),
        Mixed("visible-mixed", "a thread that is seen or felt", "thấy hoặc sờ thấy chỉ", "complication-rate.visible.mixed-niu", "complication-rate.visible.mixed-zhou"),
        Mixed("infection-mixed", "infection", "nhiễm trùng", "complication-rate.infection.mixed-niu", "complication-rate.infection.mixed-zhou"),
        Mixed("exposure-mixed", "a thread that comes out", "chỉ lộ hoặc trồi ra", "complication-rate.exposure.mixed-niu", "complication-rate.exposure.mixed-zhou"),
        Reported("facial-nerve", "weakness of a part of the face", "yếu một phần mặt", "E-100", "E-101"),
        Reported("haematoma", "a large bruise under the skin (haematoma)", "tụ máu dưới da", "E-100"),
        Reported("pigment", "dark marks on the skin", "thâm da", "E-100"),
        Reported("allergy", "allergy", "dị ứng", "E-100"),
        Reported("induration", "hard spots", "chỗ cứng", "E-101"),
        Reported("late-infection", "infection weeks later, also by unusual bacteria", "nhiễm trùng muộn sau nhiều tuần, kể cả vi khuẩn hiếm", "E-102"),
        Reported("parotid-duct", "injury of the duct of the parotid gland", "tổn thương ống tuyến mang tai", "E-103"),
        Reported("visible-after-weight-loss", "threads that show after losing weight", "lộ chỉ sau khi giảm cân", "E-104"),
    ];

    /// <summary>How much more often dimples and infection were reported over 50 years of age: rate up to 50, rate above (E-091, threads of all kinds).</summary>
    public static IReadOnlyList<(string Id, Fact UpTo50, Fact Over50)> ByAge { get; } =
    [
        ("dimpling", EvidenceCatalogue.Get("complication-rate.dimpling.up-to-50"), EvidenceCatalogue.Get("complication-rate.dimpling.over-50")),
        ("infection", EvidenceCatalogue.Get("complication-rate.infection.up-to-50"), EvidenceCatalogue.Get("complication-rate.infection.over-50")),
    ];

    private static ComplicationRate Absorbable(string id, string en, string vi, params string[] facts) => Rated(id, en, vi, RateBasis.AbsorbableThreads, facts);

    private static ComplicationRate Mixed(string id, string en, string vi, params string[] facts) => Rated(id, en, vi, RateBasis.MixedThreads, facts);

    private static ComplicationRate Rated(string id, string en, string vi, RateBasis basis, string[] facts)
    {
        ImmutableArray<Fact> rates = [.. facts.Select(EvidenceCatalogue.Get)];
        return new() { Id = id, Name = new Wording(en, vi), Basis = basis, Rates = rates, Sources = [.. rates.Select(rate => rate.Id).Distinct(StringComparer.Ordinal)] };
    }

    private static ComplicationRate Reported(string id, string en, string vi, params string[] sources) =>
        new() { Id = id, Name = new Wording(en, vi), Basis = RateBasis.ReportedFrequencyUnknown, Rates = [], Sources = [.. sources] };
}
