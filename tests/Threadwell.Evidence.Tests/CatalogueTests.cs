using System.Text;

namespace Threadwell.Evidence.Tests;

/// <summary>The rules that every fact keeps, and what the reader refuses.</summary>
public sealed class CatalogueTests
{
    private const string Good = """
        { "name": "a.name-1", "id": "E-001", "quantity": "q", "value": 2, "unit": "mm", "low": 1, "high": 3, "conditions": "c", "source": "s", "grade": "read" }
        """;

    [Fact]
    public void EveryFactOfTheCatalogueKeepsTheRules()
    {
        Fact[] facts = [.. EvidenceCatalogue.All];
        Assert.NotEmpty(facts);
        Assert.All(facts, fact =>
        {
            Assert.Matches("^(E-[0-9]{3}|C-[0-9]{2}|A-[0-9]{3})$", fact.Id);
            Assert.Equal(fact.Id[0] == 'A', fact.Grade == EvidenceGrade.Assumption);
            Assert.True(double.IsFinite(fact.Value));
            Assert.True(fact.Low is null || fact.Low <= fact.Value, $"{fact.Name}: low");
            Assert.True(fact.High is null || fact.High >= fact.Value, $"{fact.Name}: high");
            Assert.False(string.IsNullOrWhiteSpace(fact.Quantity), fact.Name);
            Assert.False(string.IsNullOrWhiteSpace(fact.Conditions), fact.Name);
            Assert.False(string.IsNullOrWhiteSpace(fact.Source), fact.Name);
            Assert.False(string.IsNullOrWhiteSpace(fact.Unit), fact.Name);
            Assert.NotEmpty(fact.Topic);
        });
    }

    [Fact]
    public void AnAssumptionIdIsUsedForOneNumberOnly() =>
        Assert.Empty(EvidenceCatalogue.All.Where(f => f.Grade == EvidenceGrade.Assumption).GroupBy(f => f.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void AnIdIsAlwaysOfOneGrade() =>
        Assert.Empty(EvidenceCatalogue.All.GroupBy(f => f.Id, StringComparer.Ordinal).Where(g => g.Key[0] == 'E' && g.Select(f => f.Grade).Except([EvidenceGrade.Derived]).Distinct().Count() > 1).Select(g => g.Key));

    [Fact]
    public void LookUpsFindByNameIdAndBeginning()
    {
        Fact any = EvidenceCatalogue.All.First();
        Assert.Equal(any, EvidenceCatalogue.Get(any.Name));
        Assert.Equal(any.Value, EvidenceCatalogue.Value(any.Name, any.Unit));
        Assert.Equal([any], EvidenceCatalogue.Find(any.Name.ToUpperInvariant()));
        Assert.Contains(any, EvidenceCatalogue.Find(any.Id));
        Assert.Contains(any, EvidenceCatalogue.Find(any.Name[..any.Name.IndexOf('.', StringComparison.Ordinal)]));
        Assert.Empty(EvidenceCatalogue.Find("no such fact"));
        Assert.Throws<KeyNotFoundException>(() => EvidenceCatalogue.Get("no such fact"));
        Assert.Throws<InvalidOperationException>(() => EvidenceCatalogue.Value(any.Name, "furlong"));
    }

    [Fact]
    public void TheReaderTakesAGoodFact()
    {
        Fact fact = Assert.Single(Read($"[{Good}]"));
        Assert.Equal(("a.name-1", 2.0, "topic"), (fact.Name, fact.Value, fact.Topic));
    }

    [Theory]
    [InlineData("\"E-001\"", "\"E-1\"", "E-1")]
    [InlineData("\"E-001\"", "\"A-001\"", "assumption")]
    [InlineData("\"read\"", "\"assumption\"", "assumption")]
    [InlineData("\"low\": 1", "\"low\": 2.5", "low <= value <= high")]
    [InlineData("\"high\": 3", "\"high\": 1.5", "low <= value <= high")]
    [InlineData("\"source\": \"s\"", "\"source\": \" \"", "source")]
    [InlineData("\"conditions\": \"c\"", "\"conditions\": \"\"", "conditions")]
    [InlineData("\"conditions\": \"c\"", "\"conditions\": null", "conditions")]
    [InlineData("a.name-1", "A Name", "lower-case")]
    [InlineData("\"read\"", "\"rumour\"", "grade")]
    [InlineData("\"value\": 2", "\"value\": \"2\"", "value")]
    [InlineData("\"value\": 2,", "", "value")]
    [InlineData("\"unit\": \"mm\"", "\"unit\": \"mm\", \"extra\": 1", "extra")]
    [InlineData("\"value\": 2", "\"value\": 2, \"value\": 2", "value")]
    [InlineData("\"grade\": \"read\"", "\"grade\": \"read\", \"standardDeviation\": -1", "standard deviation")]
    public void TheReaderRefuses(string part, string replacement, string says)
    {
        string json = "[" + Good.Replace(part, replacement, StringComparison.Ordinal) + "]";
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Read(json));
        Assert.StartsWith("topic.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[")]
    public void TheReaderRefusesWhatIsNoArrayOfFacts(string json) => Assert.Throws<InvalidDataException>(() => Read(json));

    private static Fact[] Read(string json) => CatalogueReader.Read("topic", new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
