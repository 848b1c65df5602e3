using Threadwell.Evidence;

namespace Threadwell.Biology.Tests;

/// <summary>Every part of the biology goes by the values that it is given, so that a sample of the uncertainty moves all of it.</summary>
public sealed class ReplacedFactsTests
{
    // Each is moved to an end of its range, or by a tenth.
    public static TheoryData<string> Read => [.. EvidenceCatalogue.All
        .Where(fact => fact.Topic is "polymers" or "tissue-response" or "ageing")
        .Select(fact => fact.Name)];

    [Theory]
    [MemberData(nameof(Read))]
    public void A_value_in_the_place_of_the_catalogue_s_changes_a_course(string name)
    {
        Fact fact = EvidenceCatalogue.Get(name);
        double other = fact.High is { } high && high != fact.Value ? high : fact.Low is { } low && low != fact.Value ? low : 0.9 * fact.Value;
        Assert.NotEqual(Course(FactValues.Catalogue), Course(FactValues.Catalogue.With([new(name, other)])));
    }

    private static double[] Course(FactValues facts)
    {
        var values = new List<double>();
        double[] days = [30, 180, 900];
        var subject = new Subject { AgeYears = 52, IsFemale = true, IsSmoker = true };
        foreach (ThreadMaterial material in Enum.GetValues<ThreadMaterial>())
        {
            PolymerProperties properties = PolymerProperties.For(material, 0.25, cutBarbs: true, facts);
            values.AddRange([properties.StrengthN, properties.AxialStiffnessN, properties.MassPerMmMg]);
            foreach (PolymerEnvironment environment in Enum.GetValues<PolymerEnvironment>())
            {
                foreach (double day in days)
                {
                    PolymerState state = Polymer.State(PolymerParameters.For(material, facts), 0.25, day, environment);
                    values.AddRange([state.MolarMassRatio, state.Strength, state.Stiffness, state.Mass, state.EffectiveStiffness]);
                }
            }

            var input = new TissueResponseInput { Material = material, DiameterMm = 0.25, IsBarb = true, SlipMmPerDay = day => day < 10 ? 0.1 : 0 };
            foreach (ResponseSpecies species in Enum.GetValues<ResponseSpecies>())
            {
                TissueResponseCourse course = TissueResponse.Simulate(input with { Species = species, Subject = species == ResponseSpecies.Human ? subject : null }, days, facts);
                values.AddRange([.. course.CollagenI, .. course.CollagenIII, .. course.Elastin, course.CollagenTurnoverPerDay]);
            }
        }

        AgeingRates rates = Ageing.For(subject, facts);
        foreach (NetworkKind kind in Enum.GetValues<NetworkKind>())
        {
            values.AddRange([rates.DeathRatePerDay(kind), rates.Content(kind, 700), rates.BirthRatePerDay(kind, 700)]);
        }

        return [.. values];
    }
}
