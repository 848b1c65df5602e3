using System.Globalization;
using Threadwell.Evidence;
using Threadwell.Trials.Validation;

// What each fitted number is when it is found anew from its target, beside the catalogue's: one number a target, by halving.
(string Target, string Fact)[] fits = [("V-05", "pcl.hydrolysis-rate"), ("V-07", "plcl.erosion.rate"), ("V-08", "tissue.fat.septa-factor")];
Console.WriteLine("target  fact                        found      catalogue  model's value  published");
foreach ((string id, string fact) in fits)
{
    ValidationTarget target = ValidationTargets.All.Single(candidate => candidate.Id == id);
    double published = target.Values[0].Published!.Value;
    double Value(double at) => Validator.Hold(target with { LeftOut = null }, FactValues.Catalogue.With([new(fact, at)]), Environment.ProcessorCount, progress: null, CancellationToken.None).Values[0].Model;

    // Every one of these values falls as its number grows.
    double catalogue = EvidenceCatalogue.Get(fact).Value, low = catalogue / 4, high = 4 * catalogue;
    while (high / low > 1.002)
    {
        double middle = Math.Sqrt(low * high);
        (low, high) = Value(middle) > published ? (middle, high) : (low, middle);
    }

    double found = Math.Sqrt(low * high);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id,-7} {fact,-27} {found,-10:0.#####} {catalogue,-10:0.#####} {Value(found),-14:0.###} {published:0.###}"));
}
