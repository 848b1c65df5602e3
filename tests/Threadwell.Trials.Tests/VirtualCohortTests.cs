using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;

namespace Threadwell.Trials.Tests;

/// <summary>A cohort is as mixed as it is described, and always the same people.</summary>
public sealed class VirtualCohortTests
{
    private static readonly TrialCohort Forty = new() { Patients = 40, Seed = 5, AgeYears = new AgeSpan(30, 70), FemaleShare = 0.75, SmokerShare = 0.2, Laxity = [Laxity.Mild, Laxity.Moderate, Laxity.Marked] };

    [Fact]
    public void Shares_come_out_and_do_not_go_with_each_other()
    {
        IReadOnlyList<CohortMember> members = VirtualCohort.Draw(Forty, VirtualBody.Head);
        Assert.InRange(members.Count(member => member.Description.Sex == Sex.Female), 29, 31);
        Assert.InRange(members.Count(member => member.Description.Smoker), 7, 9);
        Assert.All(Forty.Laxity, laxity => Assert.InRange(members.Count(member => member.Description.Laxity == laxity), 12, 15));
        Assert.Equal(50, members.Average(member => member.Description.AgeYears), 0.5);
        Assert.InRange(members.Where(member => member.Description.Smoker).Average(member => member.Description.AgeYears), 44, 56);
        Assert.InRange(members.Where(member => member.Description.Sex == Sex.Male).Average(member => member.Description.AgeYears), 44, 56);
    }

    [Fact]
    public void The_same_seed_gives_the_same_people_and_another_gives_others()
    {
        Assert.Equal(VirtualCohort.Draw(Forty, VirtualBody.Head), VirtualCohort.Draw(Forty, VirtualBody.Head));
        IEnumerable<ulong> Seeds(int seed) => VirtualCohort.Draw(Forty with { Seed = seed }, VirtualBody.Head).Select(member => member.Traits.Seed);
        Assert.Empty(Seeds(5).Intersect(Seeds(6)));
        Assert.Equal(80, Seeds(5).Concat(Seeds(-5)).Distinct().Count());
    }
}
