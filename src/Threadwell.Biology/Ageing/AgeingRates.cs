using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>
/// Birth and death rates of the networks of untreated skin of one person, in units of each network's own content on day 0. They hold from
/// day 0 on without a start-up transient: content falls smoothly because birth has been falling for years.
/// Equations and limits: <c>docs/theory/ageing.md</c>.
/// </summary>
/// <remarks>
/// dm/dt = b(t) − d m. For original collagen d follows from the half-life (E-168), and b from the content m(t) that ageing leaves (E-167):
/// b = (d − λ) m, with λ the yearly loss. A smoker makes less (E-193) since the age of starting: m_s = m q with
/// dq/dt = (d − λ) ((1 − s) − q), so that q = 1 − s + s exp(−∫(d − λ)).
/// </remarks>
public sealed class AgeingRates
{
    private const double DaysPerYear = CollagenContent.DaysPerYear;

    private readonly CollagenContent content;
    private readonly double age;
    private readonly bool female;
    private readonly double collagenDeathPerYear;
    private readonly double smokingLoss;
    private readonly double smokingStartAge;
    private readonly double elastinDeath;
    private readonly double groundDeath;
    private readonly double newCollagenDeath;
    private readonly double newElastinDeath;
    private readonly double contentOnDayZero;
    private readonly double referenceAge;

    internal AgeingRates(Subject subject, FactValues facts)
    {
        content = new CollagenContent(facts);
        age = subject.AgeYears;
        female = subject.IsFemale;
        collagenDeathPerYear = Math.Log(2) / facts.Value("skin.collagen.half-life", "year");
        smokingLoss = subject.IsSmoker ? facts.Value("skin.smoking.type-i-synthesis", "1") : 0;
        smokingStartAge = Math.Min(age, facts.Value("skin.smoking.start-age", "year"));
        elastinDeath = facts.Value("skin.elastin.loss", "1/year") / DaysPerYear;
        groundDeath = Math.Log(2) / facts.Value("skin.ground-matrix.half-life", "d");
        TissueResponseParameters response = TissueResponseParameters.For(ResponseSpecies.Human, facts);
        newCollagenDeath = response.CollagenTurnover;
        newElastinDeath = response.ElastinTurnover;
        contentOnDayZero = SmokerShare(0);
        referenceAge = facts.Value("tissue.reference-age", "year");
    }

    /// <summary>Rate at which a network dies, 1/d; it does not depend on the age of the material.</summary>
    /// <param name="kind">Network.</param>
    public double DeathRatePerDay(NetworkKind kind) => kind switch
    {
        NetworkKind.Elastin => elastinDeath,
        NetworkKind.OriginalCollagen => collagenDeathPerYear / DaysPerYear,
        NetworkKind.GroundMatrix => groundDeath,
        NetworkKind.NewCollagen => newCollagenDeath,
        NetworkKind.NewElastin => newElastinDeath,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// Rate at which a network is born on a day, relative to its content on day 0, 1/d; zero for elastin, and for the new networks, whose
    /// birth is the tissue response's.
    /// </summary>
    /// <param name="kind">Network.</param>
    /// <param name="day">Days since treatment.</param>
    public double BirthRatePerDay(NetworkKind kind, double day) => kind switch
    {
        NetworkKind.OriginalCollagen => (1 - smokingLoss) * (collagenDeathPerYear - content.LossPerYear(age + day / DaysPerYear, female)) / DaysPerYear
            * NonSmokerContent(day) / contentOnDayZero,
        NetworkKind.GroundMatrix => groundDeath,
        NetworkKind.Elastin or NetworkKind.NewCollagen or NetworkKind.NewElastin => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Content of a network on a day without treatment, relative to day 0; zero for the new networks.</summary>
    /// <param name="kind">Network.</param>
    /// <param name="day">Days since treatment.</param>
    public double Content(NetworkKind kind, double day) => kind switch
    {
        NetworkKind.Elastin => Math.Exp(-elastinDeath * day),
        NetworkKind.OriginalCollagen => NonSmokerContent(day) * SmokerShare(day) / contentOnDayZero,
        NetworkKind.GroundMatrix => 1,
        NetworkKind.NewCollagen or NetworkKind.NewElastin => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Content of a network on day 0 relative to a non-smoker of the same sex at the age at which the numbers of skin hold; zero for the new networks.</summary>
    /// <param name="kind">Network.</param>
    public double ContentOnDayZero(NetworkKind kind) => kind switch
    {
        NetworkKind.Elastin => Math.Exp(-elastinDeath * DaysPerYear * (age - referenceAge)),
        NetworkKind.OriginalCollagen => Math.Exp(-content.IntegratedLoss(referenceAge, age, female)) * contentOnDayZero,
        NetworkKind.GroundMatrix => 1,
        NetworkKind.NewCollagen or NetworkKind.NewElastin => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private double NonSmokerContent(double day) => Math.Exp(-content.IntegratedLoss(age, age + day / DaysPerYear, female));

    /// <summary>Content of a smoker over that of a non-smoker of the same age.</summary>
    private double SmokerShare(double day)
    {
        double now = age + day / DaysPerYear;
        double replaced = collagenDeathPerYear * (now - smokingStartAge) - content.IntegratedLoss(smokingStartAge, now, female);
        return 1 - smokingLoss + smokingLoss * Math.Exp(-replaced);
    }
}

/// <summary>Ageing of untreated skin.</summary>
public static class Ageing
{
    /// <summary>Birth and death rates of the networks of a person's skin.</summary>
    /// <param name="subject">Age, sex and smoking.</param>
    /// <param name="facts">Values to go by; null for the catalogue's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The age is not within 18 to 120 years.</exception>
    public static AgeingRates For(Subject subject, FactValues? facts = null)
    {
        subject.Check();
        return new AgeingRates(subject, facts ?? FactValues.Catalogue);
    }
}
