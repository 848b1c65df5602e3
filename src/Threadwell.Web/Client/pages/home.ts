import '../shared/page';
