using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Tests;

/// <summary>What is told of the limits of a proposed plan.</summary>
public sealed class ProposalWordsTests
{
    // A barb that carries 0.85 of its holding force uses 0.944 of what is allowed, which is 0.9 of it.
    private static readonly RiskScore Risk = new(Zones: 0.61, Barbs: 0.85 / 0.9, Dimpling: 0.4);

    private static readonly ProposalLimits Limits = new() { BarbLoad = 0.9, Dimpling = 1, SmasDepthShare = 0.7, SpacingMm = 8, ThreadsPerSide = 4, LeastGain = 0.05 };

    [Fact]
    public void The_load_of_a_barb_is_told_of_its_holding_force_beside_the_limit_and_the_rest_of_what_is_allowed() => Assert.Equal(
        [
            ("Depth used at danger zones", "61\u00a0% of what is allowed"), ("Load of the most loaded barb", "85\u00a0% of its holding force, limit 90\u00a0%"), ("Dimpling", "40\u00a0% of what is allowed"),
            ("Limits used, mean", "65\u00a0%"),
        ],
        ProposalWords.Risk(Risk, Limits, DocumentLanguage.English));

    [Fact]
    public void It_is_told_alike_in_Vietnamese() => Assert.Equal(
        ["61\u00a0% mức cho phép", "85\u00a0% lực giữ của ngạnh, giới hạn 90\u00a0%", "40\u00a0% mức cho phép", "65\u00a0%"], ProposalWords.Risk(Risk, Limits, DocumentLanguage.Vietnamese).Select(part => part.Value));
}
