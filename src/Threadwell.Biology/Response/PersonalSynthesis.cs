using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>What a person makes of collagen, relative to a non-smoker of the age at which the numbers of the response hold.</summary>
/// <param name="Capacity">By age and sex.</param>
/// <param name="TypeI">Type I by smoking.</param>
/// <param name="TypeIii">Type III by smoking.</param>
internal readonly record struct PersonalSynthesis(double Capacity, double TypeI, double TypeIii)
{
    /// <summary>The factors of a person.</summary>
    /// <param name="subject">The person; null where nobody is meant, or an animal.</param>
    /// <param name="facts">Values to go by.</param>
    public static PersonalSynthesis Of(Subject? subject, FactValues facts)
    {
        if (subject is null)
        {
            return new PersonalSynthesis(1, 1, 1);
        }

        // The capacity to make collagen follows the content that ageing leaves: b = (d − λ) m falls with m.
        double loss = new CollagenContent(facts).IntegratedLoss(facts.Value("tissue.reference-age", "year"), subject.AgeYears, subject.IsFemale);
        return new PersonalSynthesis(
            Math.Exp(-loss),
            subject.IsSmoker ? 1 - facts.Value("skin.smoking.type-i-synthesis", "1") : 1,
            subject.IsSmoker ? 1 - facts.Value("skin.smoking.type-iii-synthesis", "1") : 1);
    }
}
