"""Given names of people at conferences, without accents: evidence that two capitalised words are a person.

The list is only a sample. A name that is missing here is still read if the text says who speaks.
"""

_NAMES = """
aarav aaron abby abdul abdullah abel abena abhijit abhishek abigail abraham ada adaeze adam adams adele adi adil
aditya adnan adolfo adrian adriana adrianna adrien agata agnes agnieszka agustin ahmad ahmed aidan aiden aino aisha
aitor ajay ajit akash akiko akira akshay alain alan alana alasdair albert alberto alec alejandra alejandro aleksander
aleksandr aleksandra aleksei alena alessandra alessandro alessia alex alexa alexander alexandra alexandre alexandru
alexei alexey alexia alexis alfonso alfred alfredo ali alice alicia alina aline alisa alison alistair allan allen
allison alma alok alvaro alyssa amal amanda amandine amara amber amelia amelie amin amina aminata amir amit amjad amol
amos amr amy an ana anand ananya anastasia anatoly ander anders anderson andi andra andre andrea andreas andreea
andrei andrej andres andrew andrey andris andrius andrzej andy angel angela angelica angelika angelina angharad angie
angus anika anil anindya anirudh anita anja anjali anjuli ankit ankur ann anna annabel anne anne-laure anne-sophie
anneke annette annie annika ansgar ante anthony antje antoine anton antonella antoni antonia antonin antonio antony
antti anu anuj anupam anurag anya anze aoife aparna apostolos april aral archie ariana ariel aris arjan arjun
arkadiusz arlene armando armin arnaldo arnau arnaud arnav arne arno arnold aron art artem arthur arturo arun arvid
arvind asa asbjorn ash asha asher ashley ashok ashwin asim astrid attila atul audrey august augusto aurelie aurelien
austin ava avi axel ayaan ayman ayse ayush aziz babak babatunde balazs balint baptiste barbara barbora baron barry
bart bartek bartosz baruch bas basil bastian bastien beat beata beatrice beatriz beau becca becky begona belen ben
bence benedict benedikt benjamin benji benny benoit berenice bernard bernardo bernd bernhard bert bertrand beth
bethany betsy bettina betty bhavin bianca bilal bill billy birgit bjarke bjarne bjorn blaine blair blake blanca blaz
bo bob bobby bogdan boguslaw bohdan bohumil bojan boris boyan boyko brad bradley bram branden brandi brandon branko
brendan brendon brent bret brett brian brianna brice bridget brigitte britta bruce bruno bryan bryant bryce bryn burak
burr byron caitie caitlin calvin cameron camila camilla camille candice caoimhe carina carl carla carlo carlos carly
carmen carol carola carole carolin carolina caroline carolyn carrie carsten cary casey cash caspar cassandra cassie
cat catalina catherine cathy cecil cecile cecilia cedric celeste celia celina celine cem cesar chad chandler chandra
chang chantal chao charity charlene charles charlie charlotte chase cheikh chelsea chen cheng cherie cheryl chet
chiara chidi chidinma chinedu chloe chris chrissy christa christel christian christiane christin christina christine
christof christoffer christoph christophe christopher christos christy chu chuck chun ciara cillian cindy claas claire
clara clare clark claudia claudio claus clay clayton cleiton clemens clement cliff clifford clint clinton cody colin
colleen colm conall connie connor conor constance constantin constanze cora coraline corey corina corinna corinne
cornelia cornelius cory courtney craig cristian cristiano cristina cristobal crystal csaba curt curtis cynthia cyril
cyrille cyrus dafydd dag dagmar daisuke daisy dale dalia damian damien damir damon dan dana dane dani daniel daniela
daniele danielle danilo danny dante dany daphne dara daria darin dario darius dariusz darko darrel darren darryl darya
dasha dave david davide davin davis dawid dawn dean deb debbie deborah debra declan dee deepa deepak deepika deepti
deirdre dejan delia delphine demetrius denis denise deniz dennis denny denys derek derrick des deshawn desiree destiny
detlef dev devin devon dharma diana diane diarmuid didier diego dieter dietmar dietrich dieudonne dilip dima dimitar
dimitra dimitri dimitrios dimitris dina dinesh ding dino dirk divya dmitri dmitrii dmitriy dmitry dmytro dom domagoj
dominic dominick dominik dominique don donal donald dong-hyun donna donny dora doris dorota dorothea dorothy doug
douglas dov drew duarte duc duncan durand duretti dusan dustin dusty dwayne dylan earl ebben eben eberhard ed eddie
eddy edgar edith edmund edna edson eduard eduardo edward edwin edyta efrain egor eileen einar eirik ekaterina elad
elaine elana eleanor elena eleni eleonora eli elia elian elias elif elijah elin elina elisa elisabeth elise eliza
elizabeth elke ella elle ellen elliot elliott elmar elodie elsa elvira emad emanuel emanuele emeka emerson emi emil
emile emilia emilie emilio emily emma emmanuel emmanuelle emre enda eneko enno enrico enrique eoghan eoin eran eric
erica erich erick erico erik erika erin eriol ernest ernesto ernie ernst erwan erwin esteban estelle esther eszter
ethan etiene etienne eugen eugene eugenia eva evan evangelina evangelos evelyn everton evgeni evgenii evgeny ewa ewan
ewelina ezra fabian fabien fabienne fabio fabrice fabrizio fadi faisal fang farai fatema fatemeh fatih fatima fatma
fatou federica federico felicia felicity felipe felix ferdinand ferenc fernanda fernando filip filipe filippo finn
fintan fiona flavia flavio flo flora florence florent florian floris folake forbes forrest frances francesc francesca
francesco francine francis francisco franciszek franck francois francoise frank frankie franz franziska frauke fred
freda freddy frederic frederick frederik fredrik frieda friedrich frits fritz fujio gabe gabi gabor gabriel gabriela
gabriele gabriella gabrielle gael gaelle gaetan gail gal galina gamze ganesh gareth garrett garry gary gaspard gaurav
gautam gauthier gavin gayle geert gemma gene genevieve geoff geoffrey geoffroy georg george georges georgi georgia
georgina georgios geraint gerald geraldine gerard gerardo gerd gergely gerhard german gernot gerrit gert ghislain gia
gian gianluca gianni gideon giedrius gil gilad gilbert gilberto giles gilles gillian gina ginger ginny gints giorgio
giorgos giovanna giovanni girish gisela giulia giulio giuseppe gladys glen glenn gloria glyn godfrey gojko goncalo
gonzalo gopal goran gordon gorka grace gracie graciela graeme graham grant grazia greg gregg gregor gregory greta
gretchen grigory grzegorz guadalupe guido guilherme guillaume guillermo gun gunnar gunter gunther guo gustaf gustav
gustavo guy gwen gwendal gwyneth hadi hadley hai hal hamza hana hanna hanna-kaisa hannah hannes hanno hannu hans
hans-peter hao harald hari harold harriet harrison harry harsh harsha hartmut haruka haruki harvey hassan hauke havard
hazel heather heba hector hedwig heidi heike heikki heiko hein heiner heinrich heinz heinz-peter helen helena helene
helga hendrik henning henri henrik henrique henry herbert heriberto herman hermann hernan herve hilary hilda hillary
hiro hiroki hiroshi hiroyuki hisham hoa holden holger holly homer hong hope horace horst hossam howard hrvoje huang
hubert hugh hugo humberto hung huong hussein hwei hynek hyun hywel iain ian ibrahim ibrahima ida iestyn ifeoma ignacio
ignasi igor ihor ike iker ilan ilja ilka ilona ilya ilze imke imran imtiaz ina inbal indira indu ines inga inge ingo
ingrid ingvild inigo inmaculada inna ioana ioanna ira irakli irene irina iris irma isa isaac isabel isabela isabella
isabelle ishan ishita ismael ismail israel istvan itamar itay iulia ivan ivana ivaylo iveta ivica ivo ivy izabela
jaana jace jacek jack jackie jackson jacky jaclyn jacob jacqueline jacques jade jadwiga jae jaime jair jake jakob
jakub jamal james jamie jamil jan jana jane janet janice janina janine janis janne janos jared jarek jaroslav jarosław
jasmin jasmine jason jasper javi javier jay jayesh jayne jean jean-baptiste jean-francois jean-luc jean-marc
jean-michel jean-paul jean-philippe jean-pierre jeanette jeanne jeannie jeff jefferson jeffery jeffrey jelena jelle
jelmer jen jenn jenna jennie jennifer jenny jens jeremiah jeremie jeremy jernej jerome jeronimo jerry jesper jess
jesse jessica jessie jesus jez jhonatan jian jiang jiaxin jill jim jimmy jing jiri jisoo jitka jiwoo jo joachim joan
joan-marc joana joann joanna joanne joao joaquin job jochen jodie jody joe joel joelle joerg joey johan johann johanna
johannes john johnny jolanta jolie jon jonah jonas jonathan joni jono joost jordan jordi jorg jorge jorn jos joschka
jose josef josefine joseph josephine josh joshua josiah josie josip josue jovana joy joyce jozef juan juanita juanjo
juergen juha jukka jukka-pekka jules julia julian juliana julie julien juliet juliette julio julius julka jun june
jurgen jurgita jussi justin justine justus justyna kaan kacper kadri kai kaisa kaitlyn kaj kaja kamal kamil kamila
kandice kane karan karel karen kari karim karin karina karine karl karl-heinz karla karol karolina karoline karoly
karsten karthik karthikeyan kasia kaspar kasper kat katalin katarina katarzyna kate katerina katharina katharine
katherine kathi kathleen kathrin kathryn kathy katia katie katja katrin katrina katy kavita kavitha kavya kay kayla
kaylee kazimierz kazuho kazuki keavy kees keiko keisha keith kelly kelsey kemal ken kenan kendra kenichi kenji kenneth
kenny kent kenta kerem kerri kerry kerstin ketan kevin kevlin khaled khalid khrystyna kian kieran kiki kim kimberly
kip kira kiran kirill kirk kirsten kirstie kit kjell klaas klara klaus klemens knut koen kofi kohsuke konrad
konstantin konstantina konstantinos koray kostas kouhei kris krish krishna krista kristaps kristen kristian kristie
kristin kristina kristine kristjan kristof kristoffer kristy krystian krzysztof kumar kunal kurt kwame kyle kylie
kyoko lachlan lada ladislav laila lajos lakshmi lamine lana lance lara larissa larry lars lasse laszlo latoya laura
laure laureen lauren laurence laurens laurent laurie lavinia lawrence layla lazaro lea leah leandro lee leela leif
leigh leila leire lena lenka leo leon leonard leonardo leonid leonie leonor leopold lerato les lesley leslie leszek
letitia lev levi lewis lex leyla li lia liam liang lidia lieven liis lila lilia lilian liliana lilit lilly lily lin
lina linda lindsay lindsey ling linh linn linnea linus lior lisa lisbeth lise liu liudmyla liv livia liz liza lizzie
ljubica logan lois lola lonnie lora loren lorena lorenz lorenzo loretta lori lorna lorraine lotte lou louis louisa
louise luc luca lucas lucia lucian luciana luciano lucie lucien lucile lucio lucy ludmila ludovic ludwig luigi luis
luisa luiz luka lukas lukasz luke luna luo lutz luuk lydia lyle lynn lynne maarja maarten mac macarena maciej maciek
mack maddie madeleine madeline madhav madhu mads magda magdalena maggie magnus mahesh mahmoud maia maik maja makoto
malcolm malgorzata malik malin malte mamadou mandy manfred manik manish manoj manolo manon manu manuel manuela mara
marc marcel marcela marcelo marcin marco marcos marcus mareike marek maren margaret margarita margaux margot margret
maria mariam marian mariana mariano maribel marie marie-laure mariel marija marijn marika marilyn marin marina mario
marion marisa marisol marissa marit marius mariusz marjan mark marketa markku marko markus marlene marlies marlon
marsha marta marte martha marti martial martijn martin martina martine martins marty martyn marvin mary mary-ann
maryam masahiro masaki masato masha mason massimo mat matej mateo mateusz matheus mathew mathias mathieu mathilde
matias matija matilda matt matteo matthew matthias matthieu matti mattia matz maura maurice mauricio maurits maurizio
mauro max maxim maxime maximilian may maya mayank mayumi małgorzata meenakshi megan meghan mehdi mehmet mei mel
melanie melina melinda melissa melvin mercedes meredith meri meritxell merlin mert mete mette mia micah michael
michaela michal michał michel michela michele michelle mick mickael mieczyslaw miguel mihaela mihai mika mikael mike
mikhail miki mikko miklos miko milan milena miles mili milica milos mimi min mina mindaugas ming minh minjun minna
mira miranda miriam mirjam mirko miro miroslav misha misko mislav mitch mitchell mitesh mladen mohamed mohammad
mohammed mohan mohit moira molly mona monica monika monique montaine montserrat morgan moritz morten moshe moussa
muhammad mukesh murali murat muriel murugan mustafa myriam myrto nabil nacho nadav nadia nadim nadine nadja nadya
naftali nan nana nancy nandini naoki naoko naomi narayan nat natalia natalie nataliya natalya natasha nate nathalie
nathan nathaniel naveen navin neal ned neda neha neil nele nell nelly nelson nemanja nenad nerea ngozi nguyen niamh
nic nicholas nick nicki nicklas nickolas nico nicola nicolai nicolaj nicolas nicole nicoletta nicolette niels nikhil
niki nikita nikki niklas niko nikola nikolai nikolaj nikolaos nikolaus nikolay nikoleta nikos nilesh nils nima nina
ning nir niranjan nishant nitin noa noah noam noe noel noemi noemie noha nolan noor nora norbert norberto norma norman
nour nuno nuria obinna octavian octavio oded oksana ola olaf olav ole oleg oleh oleksandr oleksii olena olga oli
oliver olivia olivier oliwia ollie olof oluwaseun oluwatobi omar omer omri onur or oren oriol orla orly oscar oskar
osman ostap osvaldo oswald otieno ott otto ousmane owain owen oyvind ozan ozgur pablo padma padraig paige pallavi pam
pamela panagiotis pantelis paola paolo pascal pascale pat patric patrice patricia patricio patrick patrik patrizia
patryk patty pau paul paula paulina pauline paulo pavel pavlo pavlos pawel paweł payal pedro peggy penelope penny per
percy perla perry pete peter petr petra petri petros petter peyton phil philip philipp philippa philippe phillip
phoebe pia piero pierre pierre-alain pierre-yves pierrick pieter pietro pilar pinar ping piotr piyush pjotr plamen
pooja poornima prabhu pranav prasad prashant prathamesh pratik pratyush praveen preston priit primoz prisca priscila
priscilla priya priyanka przemek przemysław punit qi qiang qing quang quentin quincy quinn quoc rachael rachel radek
radim radoslaw radosław radu rae rafael rafal rafał raffi rahul raimonds raimund rainer rait raj raja rajat rajeev
rajesh rajiv rakesh ralf ralph ram rama ramesh rami ramon ramona ran rana randall randy rania ranjit raoul raphael
raquel rasa rasha rasmus ratko raul ravi ray raymond raz rea rebecca rebekah reg reggie regina reid reiko reinaldo
reinhard reinhold reinier reka remi remy rena renan renata renate renato renaud rene renee reto reuben reut revathi
reyansh reza rhiannon rhys ria ricarda ricardo riccardo rich richard richie rick ricky rico rik riley rina rishi rita
ritika rob robbert robby robert roberta roberto robin robinson robyn rocio rod roderick rodney rodolfo rodrigo roger
rohan rohini rohit roi roisin roland rolando rolf romain roman romeo romy ron ronald ronan ronen ronnie ronny ros rosa
rosanna rosario rose rosemary rosie ross roswitha rowan roxana roxanne roy ruben rudi rudolf rudy rui rupert russ
russell rustam ruth ruud ryan ryo saar sabina sabine sabrina sacha sachin sadie sagar said saif sakura sal sally
salman salvador salvatore sam samantha sameer sami samir samira sammy samuel samuli sandeep sander sandi sandra sandro
sandy sang sangeeta sanjana sanjay sanjeev sanne santhosh santi santiago santosh saoirse sara sarah saranya sari sasa
sascha sasha saskia satish satoru satoshi satya saul saurabh savannah sawyer scot scott sean sebastian sebastien
selena selim selin selina selvakumar sem semyon senthil seo-yeon seppo serena serge sergei sergej sergey sergio seth
severin severine seyi shachar shai shalini shane shanice shannon sharad sharif sharon shashank shaun shauna shawn shay
shayne sheila shekhar shelby shelley shelly sheng sherif sherry shilpa shimon shin shira shirley shiv shivani shlomi
shlomo shota shree shreya shruti shu shubham shuhei shyam sibylle sid siddharth siegfried sigrid siim silja silje
silke silvan silvia silvio sima simon simona simone sina sinan sindre sinead siobhan sipho siri sjoerd slava slavomir
slawek slobodan smit sneha snehal sofia sofie sol soledad solene solomon solveig sonal sonali sonia sonja sonya soo
sophia sophie sophie-anne soren spencer spyros sri sridhar srini srinivas stacey stacy stan stanislav stanislaw
stanisław stavros stefan stefania stefanie stefano steffen steffi stella sten stepan stephan stephane stephanie
stephen sterling steve steven stevie stewart stig stijn stoyan stu stuart subbu subramaniam sudha sudhir sue suhas
sujith sukhbir sumit sun sung sunil sunny suresh surma susan susana susanna susanne susi suz suzanne suzie svante sven
svenja svetlana svitlana swaan swaroop swati sylvain sylvia sylvie sylwia szymon søren sławomir tadej tadeusz tadhg
tae tahir taka takashi takeshi taku takuya tal talia talya tamar tamara tamas tami tammer tammy tanel tania tanja
tanner tanvi tanya tara taras tarek tariq tarun tasha tatiana tatjana tatsuo taylor ted teddy tejas tendai teodor
terence teresa tereza teri terje terri terry tess tessa teun thandi thanh thanos thea theo theodor theodore theresa
therese thiago thibaud thibault thierry thijs thilo thomas thorben thore thorsten tiago tibor tiffany tiina tilak
tilman tim timea timo timon timothe timothee timothy timur tina ting tino tj tobi tobias toby todd todor tolga tom
tomas tomasz tomek tomer tomislav tommaso tommy tomohiro tomoko tomoya toni tony tor torben tore tori torstein torsten
tova tove tracey traci tracy trang travis trent trevor trey trisha tristan troels trond troy tsvetan tuan tuomas ty
tyler tymon tyrell tyrone tyson tzvi uchenna uday udo ugo ulf uli ulrich ulrike umar umberto umesh umut una unai uri
uros urs urska ursula usman uwe vaclav vadim vaibhav vaishali val valentin valentina valentine valeria valerie valerio
valery vanessa vasco vasile vasiliki vasilis vasily vasyl vegard veit veli-matti venkat vera verena vernon veronica
veronika veronique viacheslav vic vicki vicky victor victoria vidhya vijay vikas vikram viktor viktoria viktoriia
vilem ville vimal vinay vince vincent vincenzo vineet vinh vinicius vinod viola violet violeta vipul virginia virginie
vishal vishnu vitali vitaliy vitaly vito vittorio viv vivaan vivek vivian viviane vivien vlad vladimir vladislav
vojtech volkan volker volodymyr vuk vyacheslav vytautas wade waldemar walid walt walter wanda wang wanjiru waqas ward
warren wassim wayne wei wellington wen wendell wendy wenzel werner wes wesley whitney wiebke wieslaw wietse wilfredo
wilfried wilhelm will willem william willy wilma wilson wim winnie winston wojciech wojtek wolfgang wolfram wouter wu
wyatt xavi xavier xiang xiao xiaoming xiaoyu ximena xin xu yaara yael yair yan yana yang yann yannick yannis yao yara
yaron yaroslav yaser yash yasmin yasmina yasmine yasser yasuhiro yasuko yaw yehuda yelena yen yesenia yevgeniy yevhen
yi yiannis yifan yigit yihan ying yizhe yngve yoav yogesh yoko yolanda yonatan yong yoni yorick yosef yoshi yoshiki
yossi young-ho youssef yu yuan yue yuki yukihiro yulia yumi yun yuri yuriy yusra yusuf yusuke yuta yuval yves yvette
yvonne zac zach zachary zack zahid zahra zain zak zane zara zbigniew zdenek zdzislaw zeeshan zeev zehra zeljko zena
zeynep zhang zhao zhen zheng zhi zhou zhu ziad ziga zihao zoe zofia zoltan zoran zsolt zsuzsanna zuzana zuzanna
zygmunt łukasz
"""

# Names that are also everyday words or products: they count only before a likely surname.
AMBIGUOUS_NAMES = frozenset(
    [
        "ace",
        "ada",
        "ally",
        "amber",
        "an",
        "art",
        "ash",
        "august",
        "case",
        "chan",
        "chase",
        "chelsea",
        "crystal",
        "dale",
        "dawn",
        "dev",
        "don",
        "drew",
        "faith",
        "gene",
        "grace",
        "grant",
        "guy",
        "hope",
        "ivy",
        "jade",
        "joy",
        "june",
        "kit",
        "lance",
        "lane",
        "lin",
        "ling",
        "long",
        "mark",
        "mat",
        "max",
        "may",
        "min",
        "mo",
        "page",
        "pat",
        "ping",
        "quest",
        "ram",
        "ran",
        "ray",
        "rich",
        "rob",
        "rocky",
        "ruby",
        "rusty",
        "sang",
        "scala",
        "sol",
        "sterling",
        "sue",
        "tal",
        "ting",
        "tor",
        "val",
        "victor",
        "violet",
        "wade",
        "ward",
        "will",
    ]
)
GIVEN_NAMES = frozenset(_NAMES.split()) - AMBIGUOUS_NAMES
