using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>The table of cases, which the pages' scripts are tested with as well.</summary>
public sealed class TriageCaseTests
{
    public static TheoryData<string> Lines => [.. TriageCase.Lines];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_case_has_its_level_for_its_reasons(string line)
    {
        TriageCase one = TriageCase.Read(line);
        TriageResult result = TriageEngine.Judge(CheckIns.Rulebook, one.History, one.Facts, one.Now);
        Assert.Equal(
            (one.Level, string.Join(' ', one.Rules.Order(StringComparer.Ordinal))),
            (result.Level, string.Join(' ', result.Reasons.Where(rule => rule.Level == result.Level).Select(rule => rule.Id).Order(StringComparer.Ordinal))));
    }

    [Fact]
    public void Every_rule_decides_a_case()
    {
        TriageCase[] cases = [.. TriageCase.Lines.Select(TriageCase.Read)];
        Assert.True(cases.Length >= 150);
        HashSet<string> deciding = [.. cases.SelectMany(one => one.Rules)];
        Assert.Equal("", string.Join(' ', CheckIns.Rulebook.Rules.Select(rule => rule.Id).Where(id => !deciding.Contains(id))));
    }
}
