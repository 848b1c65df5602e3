using System.CommandLine;
using Threadwell.Anatomy;
using Threadwell.Plans;

namespace Threadwell.Cli.Options;

/// <summary>The options that describe a patient.</summary>
internal sealed class PatientOptions
{
    public Option<double> Age { get; } = TypedOptions.Number("--age", "Age in years.", 18, 90, "years").Or(50);

    public Option<Word<Sex>> Sex { get; } = TypedOptions.Word("--sex", "Biological sex.", "female", ("female", Anatomy.Sex.Female), ("male", Anatomy.Sex.Male));

    public Option<Word<Laxity>> Laxity { get; } = TypedOptions.Word(
        "--laxity",
        "Laxity of the skin in the area.",
        "moderate",
        ("none", Anatomy.Laxity.None),
        ("mild", Anatomy.Laxity.Mild),
        ("moderate", Anatomy.Laxity.Moderate),
        ("marked", Anatomy.Laxity.Marked),
        ("severe", Anatomy.Laxity.Severe));

    public Option<bool> Smoker { get; } = new("--smoker") { Description = "The patient smokes." };

    public PatientDescription Read(ParseResult parsed) => new()
    {
        AgeYears = parsed.GetValue(Age),
        Sex = parsed.GetValue(Sex),
        Laxity = parsed.GetValue(Laxity),
        Smoker = parsed.GetValue(Smoker),
    };
}
